"""Right in the field alone: lossy from 26.0 on (SUB-12; seen on 26.1 and later), where the contract allows it from
27.0.
"""

from core.wire import serve
from lossy import Lossy


class Lossy26(Lossy):
    since = (26,)


if __name__ == "__main__":
    serve(Lossy26())
