"""Raspberry Pis as booted hosts on one Linux machine, each with a share of the processors, a memory and a network card.

Read in this order: command (the verbs), options (what may be typed), cluster (all nodes), node (one), then what a node
is made of: base, board, cgroups, network, spark. host says what this machine is and has.
"""
