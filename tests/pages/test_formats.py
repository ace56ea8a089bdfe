"""What programs read, by the grammars and schemas of those who wrote the formats down, run by tools that are not ours."""
import pathlib
import subprocess
import tempfile
import xml.etree.ElementTree as xml

DATA = pathlib.Path(__file__).parents[1] / "data"
ATOM = "{http://www.w3.org/2005/Atom}"
TERMS = {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
         "vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#"}
# What DCAT-AP 3 wants of each, and what is no literal by the vocabularies' ranges.
WANTED = {"dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"},
          "dcat:Dataset": {"dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dcat:keyword", "dcat:distribution"},
          "dcat:Distribution": {"dcat:accessURL", "dct:license", "dcat:mediaType"},
          "foaf:Organization": {"foaf:name"}, "vcard:Organization": {"vcard:fn", "vcard:hasURL"}}
THINGS = {"dct:language", "dct:license", "dct:publisher", "dct:accrualPeriodicity", "dcat:landingPage", "dcat:accessURL", "dcat:downloadURL",
          "dcat:mediaType", "dcat:contactPoint", "foaf:homepage", "vcard:hasURL"}


def check(kind, schema, documents):
    """What xmllint says against them; "" when all are valid. One run for all."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for i, document in enumerate(documents):
            paths.append(pathlib.Path(folder) / f"{i}.xml")
            paths[-1].write_bytes(document)
        done = subprocess.run(["xmllint", "--noout", "--nonet", kind, DATA / schema, *paths], text=True, capture_output=True)
    return "" if done.returncode == 0 else done.stderr


def fetched(city, *paths):
    answers = [city.get(path) for path in paths]
    assert [answer.status_code for answer in answers] == [200] * len(paths)
    return [answer.content for answer in answers]


def test_every_feed_is_atom_by_its_grammar(city):
    """RFC 4287, appendix B; and its two Schematron rules: an author, and an alternate link or content."""
    gone = city.letter("published", title="]]> <b>“信”</b> & 一封会撤下的信")
    city.publisher.act(gone, "withdraw_publication", text="家属要求")
    city.letter("published", title="]]> <b>“信”</b> & &amp; 一封信")
    feeds = fetched(city, "/open.atom", "/open.atom?limit=1", "/open.atom?year=2001", "/open.atom?type=complaint&unit=cgj&q=%E4%BF%A1", "/open.atom?q=%3Cb%3E")
    following = xml.fromstring(feeds[1]).find(f"{ATOM}link[@rel='next']").get("href")
    feeds += fetched(city, following.removeprefix(city.public))
    assert check("--relaxng", "atom.rng", feeds) == ""
    for feed in map(xml.fromstring, feeds):
        assert feed.find(ATOM + "author") is not None
        assert all(entry.find(ATOM + "content") is not None for entry in feed.findall(ATOM + "entry"))
    assert b"deleted-entry" in feeds[0] and b"<entry>" in feeds[0]
    for wrong in (feeds[0].replace(b"<id>", b"<id>x</id><id>", 1), feeds[0].replace(b"+08:00</updated>", b"</updated>x", 1)):
        assert check("--relaxng", "atom.rng", [wrong]) != ""


def test_every_part_of_the_sitemap_is_valid_by_its_schema(city):
    city.letter("published")
    index = city.get("/sitemap.xml").content
    parts = [loc.text.removeprefix(city.public) for loc in xml.fromstring(index).iter() if loc.tag.endswith("}loc")]
    assert len(parts) >= 2
    assert check("--schema", "sitemap.xsd", [index, *fetched(city, *parts)]) == ""
    assert check("--schema", "sitemap.xsd", [index.replace(b"<loc>", b"<loc>x</loc><loc>", 1)]) != ""
    assert city.get("/sitemap/900.xml").status_code == 404  # nothing in it: an empty one is not valid


def test_the_sitemap_is_not_made_again_when_nothing_changed(city):
    for path in ("/sitemap.xml", "/sitemap/1.xml"):
        city.letter("published")
        first = city.get(path)
        again = city.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304 and "no-cache" in first.headers["Cache-Control"]
        letter = city.letter("published")
        link = f"/open/{city.public_id(letter)}<"
        changed = city.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert changed.status_code == 200 and (link in changed.text or path == "/sitemap.xml")
        city.publisher.act(letter, "withdraw_publication", text="家属要求")
        assert link not in city.get(path, headers={"If-None-Match": changed.headers["ETag"]}).text


def nodes(value):
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from nodes(one)
    elif isinstance(value, list):
        for one in value:
            yield from nodes(one)


def test_the_catalogue_has_what_catalogues_ask_for(city):
    """DCAT 3 in JSON-LD, without fetching anything: every key is a term of a vocabulary named in the context."""
    told = city.get("/data.jsonld").json()
    assert told.pop("@context") == TERMS
    seen = {}
    for node in nodes(told):
        if set(node) <= {"@value", "@language", "@id"}:
            continue
        missing = WANTED[node["@type"]] - set(node)
        assert not missing, (node.get("@id"), missing)
        seen[node["@type"]] = seen.get(node["@type"], 0) + 1
        for key, value in node.items():
            assert key.startswith("@") or key.split(":")[0] in TERMS, key
            for one in value if isinstance(value, list) else [value]:
                assert key not in THINGS or one["@id"].startswith("http"), (key, one)
    assert set(seen) == set(WANTED) and seen["dcat:Dataset"] >= 6 and seen["dcat:Distribution"] > seen["dcat:Dataset"]
    defined = {node["@id"] for node in nodes(told) if "@id" in node and "@type" in node}
    assert {one["dct:publisher"]["@id"] for one in told["dcat:dataset"]} | {one["dcat:contactPoint"]["@id"] for one in told["dcat:dataset"]} <= defined


def test_no_two_links_in_one_header_contradict(city):
    city.letter("published"), city.letter("published")
    for path in ("/open.csv?limit=1", "/open.atom", "/open.json", "/open311/v2/requests.json?page_size=1", "/data/removed.json"):
        links = city.get(path).headers.get("Link", "")
        assert links.count('rel="next"') <= 1 and links.count("<") == links.count("rel="), path
