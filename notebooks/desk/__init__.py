"""./sparkberry notebook: `command` has the options and all words, `packages` Debian's, `pages` executes and renders the
notebooks, `review` says what a notebook must not be committed with."""
