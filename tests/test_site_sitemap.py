"""What search engines are told of a site's pages."""

from __future__ import annotations

from databook.site.sitemap import sitemaps


def test_many_pages_are_told_to_search_engines_in_many_files() -> None:
    few = sitemaps("https://example.org/", ["", "a/", "a/"], "2026-11-22")
    assert list(few) == ["sitemap.xml"]
    assert few["sitemap.xml"].count(b"<loc>") == 2
    many = sitemaps("https://example.org/", [f"p{i}/" for i in range(25_001)], "2026-11-22")
    assert list(many) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert many["sitemap.xml"].count(b"<loc>https://example.org/sitemap-") == 3
    told = [p for n, d in many.items() if n != "sitemap.xml" for p in d.split(b"<loc>")[1:]]
    assert len(set(told)) == 25_001
