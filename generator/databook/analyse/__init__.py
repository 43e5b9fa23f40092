"""Analyse: from a card's figures to one frozen `Finding`. Numbers in, values out, nothing else."""

from databook.analyse.backtesting import Tried, backtest, measured, tries
from databook.analyse.everywhere import Everywhere, elsewhere, everywhere
from databook.analyse.measures import of_measure
from databook.analyse.outturn import outturns, summed
from databook.analyse.performance import performance
from databook.analyse.vintage import forecast_vintage
from databook.analyse.whole import card

__all__ = [
    "Everywhere",
    "Tried",
    "backtest",
    "card",
    "elsewhere",
    "everywhere",
    "forecast_vintage",
    "measured",
    "of_measure",
    "outturns",
    "performance",
    "summed",
    "tries",
]
