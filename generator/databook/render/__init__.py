"""Findings, charts and narrative become pages and downloads; no file is written here."""

from databook.render.api import FOLDER as API
from databook.render.api import api_files, api_schemas, indicator_files
from databook.render.area_fronts import Front as AreaFront
from databook.render.area_fronts import fronts as area_fronts
from databook.render.area_fronts import index as area_index
from databook.render.area_indicator import area_page, everyone
from databook.render.area_listing import listing_pages
from databook.render.area_rows import Row as AreaRow
from databook.render.area_rows import Rows as AreaRows
from databook.render.area_rows import row as area_row
from databook.render.book import book_pages
from databook.render.book_files import book_downloads
from databook.render.checks import checks_page
from databook.render.data import data_pages, data_records, measured_files
from databook.render.downloads import area_table, downloads, measure_downloads
from databook.render.editions import editions_page, gone_pages, register_block
from databook.render.entries import Entry
from databook.render.feeds import Entry as FeedEntry
from databook.render.feeds import feeds
from databook.render.history import history_csv, history_page
from databook.render.indicator import indicator_page
from databook.render.lines import entry
from databook.render.one_page import report_page
from databook.render.paper import Bound, Sheet, paper_document
from databook.render.paper_pages import Choice, of_area, of_board_report, of_framework, of_whole
from databook.render.performance import performance_pages
from databook.render.record import record_page
from databook.render.shared_files import book_card, indicator_shared, measures_shared
from databook.render.sheets import workbooks
from databook.render.whats_new import PATH as CHANGES
from databook.render.whats_new import News, by_outcome, changes_json, changes_page

__all__ = [
    "API",
    "CHANGES",
    "AreaFront",
    "AreaRow",
    "AreaRows",
    "Bound",
    "Choice",
    "Entry",
    "FeedEntry",
    "News",
    "Sheet",
    "api_files",
    "api_schemas",
    "area_fronts",
    "area_index",
    "area_page",
    "area_row",
    "area_table",
    "book_card",
    "book_downloads",
    "book_pages",
    "by_outcome",
    "changes_json",
    "changes_page",
    "checks_page",
    "data_pages",
    "data_records",
    "downloads",
    "editions_page",
    "entry",
    "everyone",
    "feeds",
    "gone_pages",
    "history_csv",
    "history_page",
    "indicator_files",
    "indicator_page",
    "indicator_shared",
    "listing_pages",
    "measure_downloads",
    "measured_files",
    "measures_shared",
    "of_area",
    "of_board_report",
    "of_framework",
    "of_whole",
    "paper_document",
    "performance_pages",
    "record_page",
    "register_block",
    "report_page",
    "workbooks",
]
