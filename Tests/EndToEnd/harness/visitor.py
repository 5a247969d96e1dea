"""A person without a browser: signs in by the mailed link and asks for what they like, whatever they are told."""

from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx


class Form:
    """The fields of a form and where it goes; the CSRF token of the page, where it has one."""

    def __init__(self, action, fields):
        self.action = action
        self.fields = fields


class PageReader(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.forms, self.csrf, self._form = [], None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "form":
            self._form = Form(values.get("action") or "", {})
            self.forms.append((values.get("method", "get").lower(), self._form))
        elif tag == "input" and self._form and values.get("name"):
            self._form.fields[values["name"]] = values.get("value") or ""
        elif tag == "meta" and values.get("name") == "csrf-token":
            self.csrf = values.get("content")

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None


class Visitor:
    def __init__(self, hub):
        self.hub = hub
        self.client = httpx.Client(base_url=hub.address, timeout=15, verify=False, follow_redirects=False)

    def close(self):
        self.client.close()

    def sign_in(self, link):
        """Opens a mailed link and presses its button; returns the answer to that."""
        return self.press("sign-in", on=link)

    def sign_out(self):
        return self.press("sign-out", on="/me")

    def press(self, action, on):
        """Opens a page and sends its form for `action` as it stands; returns the answer to that."""
        page = self.client.get(on)
        assert page.status_code == 200, page.text
        form = next(form for method, form in PageReader(page.text).forms if method == "post" and action in (form.action or on))
        return self.client.post(urljoin(str(page.url), form.action), data=form.fields, headers={"Origin": self.hub.address})

    def enter(self, session):
        """Is admitted to a session; returns the admission. The pass stands in the cookies afterwards."""
        answer = self.write("POST", f"/api/v1/sessions/{session}/admission")
        assert answer.status_code == 200, answer.text
        return answer.json()

    @property
    def csrf(self):
        """The defence against forgery that stands in the pages of this sign-in."""
        return PageReader(self.client.get("/me").text).csrf

    def write(self, method, path, csrf=None, **more):
        """A write that the sign-in's cookie authorises."""
        headers = {"X-Hemicycle-CSRF": csrf or self.csrf, "Origin": self.hub.address}
        return self.client.request(method, path, headers=headers, **more)

    def get(self, path, **more):
        return self.client.get(path, **more)
