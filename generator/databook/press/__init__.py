"""Press: a document in one HTML file becomes a PDF, by a browser that is on this machine.

`chromium.py` finds the browser and lets it print; `pdf.py` reads on which page everything came to
stand, and takes out of the file what would differ the next time. No library is needed for either.
"""

from databook.press.chromium import NoBrowser, PrintingFailed, browser, printed
from databook.press.pdf import places, settled

__all__ = ["NoBrowser", "PrintingFailed", "browser", "places", "printed", "settled"]
