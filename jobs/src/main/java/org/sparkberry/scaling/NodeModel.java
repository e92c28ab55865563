package org.sparkberry.scaling;

/**
 * A kind of node with published figures. They were measured on somebody's board: for one's own they are estimates. What
 * nobody published is NaN, its source empty. A source is one or more addresses, with blanks between them.
 *
 * @param key its name on the command line
 * @param name its name for people
 * @param cores of its processor
 * @param ramMebibytes its memory
 * @param networkMegabits what its network carries in a second: Ethernet, else Wi-Fi
 * @param boardSource of cores, memory and network
 * @param wattsIdle taken when it waits
 * @param wattsBusy taken when all its cores compute ({@code stress-ng --matrix 0})
 * @param powerSource of both
 * @param wattsLinpack taken under High-Performance Linpack, the heaviest load
 * @param gigaflops done then in a second, in double precision
 * @param linpackSource of both
 * @param priceDollars what it cost, in US dollars before tax, with nothing around it
 * @param priceDate when: a year, or a year and a month
 * @param priceSource of the price
 */
public record NodeModel(
        String key,
        String name,
        int cores,
        int ramMebibytes,
        double networkMegabits,
        String boardSource,
        double wattsIdle,
        double wattsBusy,
        String powerSource,
        double wattsLinpack,
        double gigaflops,
        String linpackSource,
        double priceDollars,
        String priceDate,
        String priceSource) {}
