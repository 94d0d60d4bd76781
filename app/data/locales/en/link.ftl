## For whoever has a link

link-title = A page for you
link-window = A page for you · Fortnight
link-intro = Somebody kept notes about some of their days, and made one page of them for a visit. It takes a minute to read. There is nothing to install, and no account.
link-seen = They can see that it was opened, when, and with what kind of browser. Nothing else about you is kept.
link-open = Open the page
link-opening = One moment
link-code = Code
link-code-asked = This page also asks for a code of six digits. Whoever sent you the link can tell you.
link-no-script = This page could not start. Load it again. If that does not help, try another browser, or ask for the page on paper.
link-no-secret = This page needs the link from the message. Open it there once more.
link-closed-title = This page is not open
link-closed = A page stays open for 15 minutes. A link stops after some days, or when whoever made it closes it. Open the link in the message once more. If that does not help, ask for a new one.
link-away = There is no answer at the moment. Try again.
link-pdf = Save as a PDF
link-print = Print
link-open-for = This page is open for 15 minutes.
link-open-until = This page is open until { $time }.
link-again = After that, the link in the message opens it again, until { $date }.
link-no-more = The link opens no more after that. Save the page if you need it longer.

## For whoever makes one

link-heading = A link to this page
link-hint = Whoever has the link can read this page without an account, and can pass it on. They see it as it is now, and nothing you write later. You see when it was opened.
link-days = How long it opens
link-days-of = { $days ->
    [one] 1 day
   *[other] { $days } days
  }
link-with-code = Ask for a code as well
link-with-code-hint = Six digits that you tell them in another way, such as by phone. Good where several people use one computer: its browser remembers the link.
link-most = How often it can be opened
link-most-hint = Each opening lasts 15 minutes. Opening it yourself counts too.
link-most-any = As often as they like
link-most-of = { $n ->
    [one] Once
   *[other] { $n } times
  }
link-make = Make it
link-make-heading = Make a link
link-another = Make another link
link-made = Your link is ready. Copy it or send it now: it is not shown again after you leave.
link-address = The link
link-copy = Copy the link
link-send = Send it
link-send-title = A page for you
link-send-text = A page I made for our visit. It opens until { $date }.
link-code-apart = Tell them the code in another way, not in the same message.
link-its-code = Code: { $code }
link-made-on = Made { $date }
link-until = Opens until { $date }
link-state-closed = You closed it on { $date }
link-state-over = Its time is over
link-state-used-up = Opened as often as you allowed
link-state-guessed = Closed, because a wrong code was tried ten times
link-openings = { $n ->
    [0] Not opened
    [one] Opened once
   *[other] Opened { $n } times
  }
link-openings-of = Opened { $n } of { $most ->
    [one] 1 time
   *[other] { $most } times
  }
link-wrong-codes = { $n ->
    [one] A wrong code was tried once
   *[other] A wrong code was tried { $n } times
  }
link-when = { $date }, { $time }
link-opening-line = { $when }, { $device }
link-close = Close this link
link-close-of = Close the link that opens until { $date }
link-closed-now = Closed. It opens nothing any more. What somebody saved or printed is still where they keep it.
