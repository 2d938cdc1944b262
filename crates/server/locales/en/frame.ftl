### The frame of every page: pages, keys, months, counts.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: source
page-queue = Queue

# reviewed: source
page-approve = Approve

# reviewed: source
page-sent = Sent

# reviewed: source
page-operation = Operation

# reviewed: source
page-network = Network

# reviewed: source
page-radar = Radar

# reviewed: source
page-money = Money

# reviewed: source
page-search = Search

# reviewed: source
page-intake = Intake

# reviewed: source
page-signals = Signals

# reviewed: source
page-reports = Reports

# reviewed: source
page-ledger = Ledger

# reviewed: source
page-agency = Agency

# reviewed: source
page-inbox = Inbox

# reviewed: source
frame-skip = Skip to the work

# reviewed: source
frame-world = A world: everything here is invented, and nothing leaves this machine.

# reviewed: source
frame-world-day = Its clock says { $day }.

# reviewed: source
frame-contact-point = contact point

# reviewed: source
frame-pages = Pages

# reviewed: source
frame-goto = Go anywhere

# reviewed: source
frame-keys = Keys

# reviewed: source
frame-sign-out = Sign out

# reviewed: source
frame-undo = Undo

# reviewed: source
frame-cleared = The screen is cleared.

# reviewed: source
frame-cleared-way = Nothing is lost. Your draft is where you left it.

# reviewed: source
frame-uncover = Go on working

# reviewed: source
frame-close = Close

# reviewed: source
go-back = Go back

# reviewed: source
keys-single = Single keys work

# reviewed: source
key-next = Next

# reviewed: source
key-previous = Previous

# reviewed: source
key-reveal = Hold to see

# reviewed: source
key-grey = Grey

# reviewed: source
key-blur = Blur

# reviewed: source
key-kind = Kind of content

# reviewed: source
key-exempt = Exempt

# reviewed: source
key-not = Not terrorist content

# reviewed: source
key-unsure = To a second reader

# reviewed: source
key-defer = Later

# reviewed: source
key-save = Save: refer it

# reviewed: source
key-approve = Agree; it goes out when the checks have passed

# reviewed: source
key-return = Return with a reason

# reviewed: source
key-withdraw = Withdraw

# reviewed: source
key-undo = Take back your last decision, while nobody else has read it

# reviewed: source
key-search = Search

# reviewed: source
key-keys = These keys

# reviewed: source
key-goto = Go anywhere

# reviewed: source
key-clear = Clear the screen

# reviewed: source
month-1 = January

# reviewed: source
month-2 = February

# reviewed: source
month-3 = March

# reviewed: source
month-4 = April

# reviewed: source
month-5 = May

# reviewed: source
month-6 = June

# reviewed: source
month-7 = July

# reviewed: source
month-8 = August

# reviewed: source
month-9 = September

# reviewed: source
month-10 = October

# reviewed: source
month-11 = November

# reviewed: source
month-12 = December

# reviewed: source
stretch-seconds = { $n } s

# reviewed: source
stretch-minutes = { $n } min

# reviewed: source
stretch-hours = { $n } h

# reviewed: source
stretch-days = { $n ->
        [one] { $n } day
       *[other] { $n } days
    }

# reviewed: source
items = { $n ->
        [one] { $n } item
       *[other] { $n } items
    }

# reviewed: source
clusters = { $n ->
        [one] { $n } cluster
       *[other] { $n } clusters
    }

# reviewed: source
services = { $n ->
        [one] { $n } service
       *[other] { $n } services
    }

# reviewed: source
records = { $n ->
        [one] { $n } record
       *[other] { $n } records
    }

# reviewed: source
referrals = { $n ->
        [one] { $n } referral
       *[other] { $n } referrals
    }

# reviewed: source
agencies = { $n ->
        [one] { $n } agency
       *[other] { $n } agencies
    }

# reviewed: source
people = { $n ->
        [one] { $n } person
       *[other] { $n } people
    }

# reviewed: source
banks = { $n ->
        [one] { $n } bank
       *[other] { $n } banks
    }

# reviewed: source
waiting = { $n ->
        [one] { $n } waits
       *[other] { $n } wait
    }

# reviewed: source
of-all = of { $n }

# reviewed: source
done-of = { $done } of { $all }

# reviewed: source
facts = Facts

# reviewed: source
optional = optional

# reviewed: source
item = Item

# reviewed: source
characters-least = at least { $n } characters

# reviewed: source
characters-of = { $n } of { $most } characters
