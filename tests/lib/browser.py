"""What a browser does with our pages, as far as the scenarios need it: forms as they stand, visible words, tables.

A form is sent the way a browser sends it: hidden fields, chosen options and ticked boxes as the page has them, and on
top what a person fills in. Filling in a field that the form does not have is an error: then the page is not what a test
thinks.
"""
import functools
import html.parser
import re

import requests

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
STRANGE = {"audio", "base", "embed", "iframe", "marquee", "math", "noscript", "object", "template", "video"}
INLINE = {"a", "abbr", "b", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time", "wbr"}
UNSEEN = {"script", "style", "title"}
CLOSED = {"a", "td", "th", "textarea", "option", "select", "form"}  # whose end says something


class Form:
    def __init__(self, action, method):
        self.action, self.method = action, method
        self.fields = []  # as they stand: (name, value)
        self.names = set()
        self.options = {}  # name: {text: value}

    def value(self, name):
        return next((value for key, value in self.fields if key == name), None)

    def filled(self, values):
        """What is sent when a person fills in these; options may be named by their text."""
        sent = [(name, value) for name, value in self.fields if name not in values]
        for name, value in values.items():
            assert name in self.names, f"the form {self.action} has no field {name}, only {sorted(self.names)}"
            for one in value if isinstance(value, list) else [value]:
                sent.append((name, self.options.get(name, {}).get(one, one)))
        return sent


class Reader(html.parser.HTMLParser):
    """Forms, words, tables, tags and links of a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.forms, self.tags, self.links, self.rows, self.words, self.errors = [], [], [], [], [], []
        self.by_id, self.open, self.form, self.select, self.unseen = {}, [], None, None, 0
        self.elsewhere = []  # (id of a form, name, value): fields that stand outside of their form

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attrs))
        if tag not in INLINE:
            self.words.append(" ")
        self.control(tag, attrs)
        if tag == "tr":
            self.rows.append({})
        if tag == "form":
            self.form = Form(attrs.get("action", ""), attrs.get("method", "get"))
            self.form.id = attrs.get("id")
            self.forms.append(self.form)
        if tag not in VOID:
            self.unseen += tag in UNSEEN
            self.open.append((tag, attrs, len(self.words)))

    def control(self, tag, attrs):
        name, value = attrs.get("name", ""), attrs.get("value", "")
        if tag == "option" and self.select:
            self.select["options"].append([value, "selected" in attrs, len(self.words)])
        if name and attrs.get("form"):
            checked = attrs.get("type") not in ("radio", "checkbox", "submit") or "checked" in attrs
            if tag != "textarea" and tag != "button":
                self.elsewhere.append((attrs["form"], name, value if checked else None))
            elif tag == "button":
                self.elsewhere.append((attrs["form"], name, None))
            return
        if not self.form or not name:
            return
        kind = attrs.get("type", "text") if tag == "input" else tag
        self.form.names.add(name)
        if kind in ("radio", "checkbox"):
            if "checked" in attrs:
                self.form.fields.append((name, value))
        elif tag == "input" and kind != "submit":
            self.form.fields.append((name, value))
        elif tag == "select":
            self.select = {"name": name, "options": []}

    def handle_endtag(self, tag):
        if not any(name == tag for name, _, _ in reversed(self.open)):
            return
        name = None
        while name != tag:
            name, attrs, begin = self.open.pop()
            self.unseen -= name in UNSEEN
            if name in CLOSED or "id" in attrs:
                self.closed(name, attrs, "".join(self.words[begin:]))
        if tag not in INLINE:
            self.words.append(" ")

    def closed(self, tag, attrs, inside):
        words = squeeze(inside)
        if "id" in attrs:
            self.by_id[attrs["id"]] = (words, attrs)
        if tag == "a":
            self.links.append((attrs.get("href", ""), words, attrs.get("rel", "")))
            summary = any("lx-error-summary" in around.get("class", "") for _, around, _ in self.open)
            if summary and attrs.get("href", "").startswith("#"):
                self.errors.append(words)
        elif tag in ("td", "th") and self.rows:
            self.rows[-1][attrs.get("data-label") or ("标题" if "scope" in attrs else str(len(self.rows[-1])))] = words
        elif tag == "textarea" and attrs.get("name"):
            text = inside[1:] if inside.startswith("\n") else inside
            if attrs.get("form"):
                self.elsewhere.append((attrs["form"], attrs["name"], text))
            elif self.form:
                self.form.fields.append((attrs["name"], text))
        elif tag == "option" and self.select:
            self.form.options.setdefault(self.select["name"], {})[words] = self.select["options"][-1][0]
        elif tag == "select" and self.select:
            options = self.select["options"]
            chosen = next((value for value, selected, _ in options if selected), options[0][0] if options else "")
            self.form.fields.append((self.select["name"], chosen))
            self.select = None
        elif tag == "form":
            self.form = None

    def handle_data(self, data):
        if not self.unseen:
            self.words.append(data)


def squeeze(text):
    return " ".join(text.split())


class Page:
    """An answer. What it says is read when somebody asks for it: of many only the status counts."""

    def __init__(self, response):
        self.response, self.status, self.headers = response, response.status_code, response.headers
        self.html, self.url = response.content.decode("utf-8"), response.url
        self.path = requests.utils.urlparse(response.url).path

    @functools.cached_property
    def reader(self):
        reader = Reader()
        if "html" in self.headers.get("Content-Type", ""):
            reader.feed(self.html)
            reader.close()
        for form_id, name, value in reader.elsewhere:
            for form in reader.forms:
                if form.id == form_id:
                    form.names.add(name)
                    form.fields += [(name, value)] if value is not None else []
        return reader

    forms = property(lambda self: self.reader.forms)
    tags = property(lambda self: self.reader.tags)
    links = property(lambda self: self.reader.links)
    errors = property(lambda self: self.reader.errors)
    by_id = property(lambda self: self.reader.by_id)

    @functools.cached_property
    def rows(self):
        return [row for row in self.reader.rows if len(row) > 1]

    @functools.cached_property
    def text(self):
        return squeeze("".join(self.reader.words))

    def form(self, action, /, **having):
        """The form sent to this path whose fields stand so."""
        for form in self.forms:
            if form.action == action and all(form.value(name) == value for name, value in having.items()):
                return form
        offered = [(form.action, form.value("action")) for form in self.forms]
        raise AssertionError(f"{self.path} has no form {action} {having}, only {offered}")

    def has_form(self, action, /, **having):
        return any(form.action == action and all(form.value(n) == v for n, v in having.items()) for form in self.forms)

    def words_of(self, element_id):
        return self.by_id[element_id][0]

    def row(self, words):
        """The table row with these words in its first cell."""
        return next(row for row in self.rows if words in next(iter(row.values())))

    def foreign(self):
        """Tags that none of our pages has: what somebody typed and a page did not escape."""
        found = []
        for tag, attrs in self.tags:
            ours = all(attrs.get(name, "/").startswith("/") for name in ("src", "data", "action", "formaction"))
            scripted = any(name.startswith("on") or name in ("style", "srcdoc") for name in attrs)
            href = attrs.get("href", "").strip().lower()
            known = tag not in STRANGE
            if not ours or scripted or not known or href.startswith(("javascript:", "data:", "vbscript:")):
                found.append((tag, attrs))
        return found

    def link(self, rel):
        return next((href for href, _, rels in self.links if rels == rel), None)


class Browser:
    def __init__(self, base):
        self.base = base
        self.session = requests.Session()

    def send(self, method, path, **kw):
        return Page(self.session.request(method, self.base + path, timeout=30, **kw))

    def get(self, path, **kw):
        return self.send("GET", path, **kw)

    def submit(self, form, /, to=None, **values):
        """Fills in and sends a form; `to`: pressed a button with an address of its own."""
        sent = form.filled(values)
        if form.method == "get":
            return self.get(to or form.action, params=sent)
        return self.send("POST", to or form.action, data=sent)
