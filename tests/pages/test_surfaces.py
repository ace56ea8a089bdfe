"""One view decides what is public: whatever happens to letters, and in whatever order, every surface shows the same set of them."""
import os
import random

import surfaces

WORD = "鑫龘堃"  # stands in the letters of this test alone
STEPS = int(os.environ.get("SURFACES", "16"))


class Story:
    """One letter and where it stands: only `public` is seen by anybody."""

    def __init__(self, city, n):
        self.city, self.n, self.at, self.title = city, n, "pending", f"望湖路 {WORD} 第 {n} 封"
        self.letter = city.letter("replied", title=self.title, body=f"{WORD}路灯不亮，晚上看不清路面，请派人检修，谢谢。")

    def clear(self, how="approve_full"):
        self.city.secrecy_reviewer.act(self.letter, how)
        self.at = "cleared"

    def summarise(self):
        self.clear("approve_summary")

    def withhold(self):
        self.city.secrecy_reviewer.act(self.letter, "withhold", reason="privacy")
        self.at = "withheld"

    def publish(self):
        self.city.publisher.act(self.letter, "publish")
        self.at = "public"

    def take_down(self):
        self.city.publisher.act(self.letter, "withdraw_publication", text="写信人要求")
        self.at = "down"

    def edit(self):
        self.title = f"望湖路 {WORD} 第 {self.n} 封，改 {next(self.city.count)}"
        page = self.city.publisher.edit_edition(self.letter, title=self.title)
        assert page.status == 200, page.errors
        self.at = "pending"

    def correct(self):
        self.edit()
        self.clear()
        self.publish()

    def add(self):
        self.city.handler().act(self.letter, "add_reply", reply=f"补充：{WORD}灯杆已更换。")
        self.city.dept_reviewer().act(self.letter, "approve_added")
        self.at = "pending"

    def steps(self):
        return {"pending": [self.clear, self.summarise, self.withhold, self.edit], "cleared": [self.publish, self.publish, self.edit],
                "public": [self.take_down, self.edit, self.correct, self.add], "withheld": [self.edit], "down": [self.edit]}[self.at]


def shown_of(stories):
    """What anybody may see: which letters, with which words."""
    return [(one.letter.number, one.title) for one in stories if one.at == "public"]


def tags_of(city, story):
    """What a browser or a feed reader remembers of each surface: its ETag, or when it was changed."""
    public_id = city.sql(f"SELECT id FROM pub_letter WHERE no = '{story.letter.number}'")
    found = {}
    home = ["/"] if story.title in city.get("/").text else []  # it shows the latest five
    for path in [*home, "/open", "/open.json", "/api/v1/open", "/open.csv", "/open.atom", f"/open?q={WORD}", "/open311/v2/requests.json",
                 "/data/letters/2026-09.csv", *(f"/open/{one}" for one, in public_id)]:
        told = city.get(path).headers
        found[path] = {asked: told[header] for asked, header in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")) if header in told}
    return found


def still_the_same(city, tags):
    """Surfaces that answer "unchanged" to who asks with what was remembered."""
    return [path for path, headers in tags.items() if headers and city.get(path, headers=headers).status_code == 304]


def test_every_surface_shows_what_is_published_and_nothing_else(city):
    seed = int(os.environ.get("SEED", "5"))
    choice, others = random.Random(seed), {no for no, in city.sql("SELECT no FROM ticket WHERE pub_state IN ('published', 'corrected')")}
    held = int(city.one("SELECT COUNT(*) FROM ticket WHERE pub_state = 'withheld' AND simulated = 0"))
    stories = [Story(city, n) for n in range(4)]
    done = []
    for _ in range(STEPS):
        story = choice.choice(stories)
        step = choice.choice(story.steps())
        before, tags = shown_of(stories), tags_of(city, story)
        step()
        done.append(f"{story.n} {step.__name__}")
        own = {one.letter.number for one in stories if one.at == "public"}
        if shown_of(stories) != before:
            assert still_the_same(city, tags) == [], done
        shown = {surface.__name__: surface(city) for surface in surfaces.SURFACES}
        differ = {name: (sorted(others | own - found), sorted(found - others - own)) for name, found in shown.items() if found != others | own}
        assert differ == {}, f"missing, too much: {differ} after {done} (SEED={seed})"
        mine = {one.letter.number for one in stories}
        for surface in surfaces.SOME:
            assert surface(city) & mine == own, (surface.__name__, done)
        assert city.one("SELECT n FROM pub_count WHERE lens = 0") == str(len(others | own)), done
        assert surfaces.withheld(city) == held + sum(one.at == "withheld" for one in stories), done
        assert surfaces.by_search(city, WORD) == surfaces.by_search_page(city, WORD) == own, done
    assert surfaces.by_letter(city) == others | own
