"""Trying prototypes out, the whole way: page, worker, container engine, and the origin of prototypes' own pages."""
