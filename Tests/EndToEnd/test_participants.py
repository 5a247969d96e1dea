"""People registered from the file that a secretariat has of them."""

import time

from harness.figures import report
from harness.visitor import Visitor

FILE = """\ufeffname;mail;organisation;capacity;audiences;notes\r
"Zoë Ångström";zoe@example.org;"Riksdag; Västmark";staff;information-technology;"likes
tea"\r
عمر الفاسي;omar@example.org;مجلس النواب;member;;\r
"""
FAULTY = FILE + "Nobody;nowhere;Utopia;member;;\r\n"


def load(hub, text, *more):
    file = hub.folder / "people.csv"
    file.write_text(text, encoding="utf-8", newline="")
    return hub.command("participant", "import", str(file), "--conference", hub.told["conference"], *more)


def listed(hub):
    return hub.command("participant", "list", "--conference", hub.told["conference"]).stdout


def test_P_11_a_file_is_previewed_and_then_registers_everybody_or_nobody(hub):
    before = listed(hub)
    preview = load(hub, FAULTY, "--preview")
    assert preview.returncode == 0 and "2 would be registered, 1 rows have faults" in preview.stdout, preview.stdout
    assert "Row 4, mail: “nowhere”" in preview.stdout and "“notes”" in preview.stdout
    refused = load(hub, FAULTY)
    assert refused.returncode == 1 and "Nobody was registered" in refused.stdout, refused.stdout
    assert listed(hub) == before

    partial = load(hub, FAULTY, "--partial")
    assert partial.returncode == 0 and "2 registered, 1 rows left out." in partial.stdout, partial.stdout
    again = load(hub, FILE)
    assert again.returncode == 1 and "is registered in this conference already" in again.stdout
    assert "Zoë Ångström, Riksdag; Västmark" in listed(hub) and "عمر الفاسي, مجلس النواب" in listed(hub)

    link = hub.command("sign-in-link", "create", "omar@example.org").stdout.split()[0]
    omar = Visitor(hub)
    assert omar.sign_in(link).status_code in (302, 303)
    assert omar.enter(hub.live_session)["isInRoom"], "a member enters the members' session"
    omar.close()


def test_a_file_that_is_no_list_changes_nothing_and_says_why(hub):
    before = listed(hub)
    for text, word in (("", "No column"), ("a,b\n1,2\n", "No column"), ('name,mail,organisation\n"x', "never closed")):
        answer = load(hub, text)
        assert answer.returncode == 1 and word in answer.stdout, answer.stdout + answer.stderr
    file = hub.folder / "latin.csv"
    file.write_bytes("name,mail,organisation\nZoë,z@example.org,x\n".encode("latin-1"))
    answer = hub.command("participant", "import", str(file), "--conference", hub.told["conference"])
    assert answer.returncode != 0 and "UTF-8" in answer.stderr
    assert listed(hub) == before


def test_five_thousand_are_registered_at_once(hub):
    rows = "".join(f"Person {number},person{number}@example.org,Parliament {number % 150},member\n" for number in range(5000))
    began = time.monotonic()
    answer = load(hub, "name,mail,organisation,capacity\n" + rows)
    report("import of 5,000 participants", time.monotonic() - began)
    assert answer.returncode == 0 and "5000 registered" in answer.stdout, answer.stdout[-2000:] + answer.stderr
    assert listed(hub).count("\n") >= 5000
