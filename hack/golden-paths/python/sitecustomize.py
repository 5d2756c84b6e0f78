"""Gives Debian 12's FastAPI, 0.92, the `lifespan` of 0.93: it takes the argument without a word, and does nothing with it."""

import inspect

import fastapi

if "lifespan" not in inspect.signature(fastapi.FastAPI.__init__).parameters:
    construct = fastapi.FastAPI.__init__

    def construct_with_lifespan(self, *arguments, lifespan=None, **named):
        construct(self, *arguments, **named)
        if lifespan:
            self.router.lifespan_context = lifespan

    fastapi.FastAPI.__init__ = construct_with_lifespan
