### Sign-in, intake, provider, operation, signals, reports, ledger, agency.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: source
sign-in-title = Sign in

# reviewed: source
sign-in-failed = Not signed in. Check login, password and code.

# reviewed: source
sign-in-agency = Agency or provider

# reviewed: source
sign-in-login = Login

# reviewed: source
sign-in-password = Password

# reviewed: source
sign-in-code = Six-digit code

# reviewed: source
sign-in-go = Sign in

# reviewed: source
sign-in-enrol = New here? Your administrator gives you a link that works once.

# reviewed: source
enrol-page = Enrol

# reviewed: source
enrol-title = Welcome, { $name }

# reviewed: source
enrol-agency = Agency

# reviewed: source
enrol-secret = Secret for your code app

# reviewed: source
enrol-how = Type the secret into the app that makes your codes, then type the code it shows.

# reviewed: source
enrol-password = Password, 12 characters or more

# reviewed: source
enrol-again = The same password again

# reviewed: source
enrol-go = Open my account

# reviewed: source
step-up-title = Is it you?

# reviewed: source
step-up-failed = Not confirmed. The code was wrong or too old.

# reviewed: source
step-up-go = Confirm and go on

# reviewed: source
step-up-why = Asked before something leaves the house, and before somebody gets access.

# reviewed: source
reason-title = Why do you read?

# reviewed: source
reason-why = Your reason is logged with each read of this visit.

# reviewed: source
reason-note = In your words, if the list does not fit

# reviewed: source
reason-go = Go on

# reviewed: source
refusal-field = Field

# reviewed: source
refusal-mine = Yours

# reviewed: source
refusal-theirs = What stands

# reviewed: source
intake-question = What comes in?

# reviewed: source
intake-batches = Files that came in

# reviewed: source
intake-none = No file came in yet.

# reviewed: source
intake-counts = { $new } new, { $before } seen before, { $refused } refused, { $aside } set aside

# reviewed: source
intake-records = { $done } of { $all } records

# reviewed: source
mapping-title = Is this what the columns mean?

# reviewed: source
mapping-note = Guessed from the names and the first records. Nothing goes in before you agree.

# reviewed: source
mapping-column = Column

# reviewed: source
mapping-sample = First value

# reviewed: source
mapping-meaning = Means

# reviewed: source
mapping-save = Keep this mapping under the name

# reviewed: source
mapping-go = Read the file so

# reviewed: source
provider-question = How do they work with us?

# reviewed: source
provider-time = Their time

# reviewed: source
provider-quiet-on = Quiet mode

# reviewed: source
provider-answers = What they answered

# reviewed: source
items-since = { $n ->
        [one] { $n } item
       *[other] { $n } items
    } since { $day }

# reviewed: source
provider-survival = How long did items stay up?

# reviewed: source
provider-survival-note = share still up, by time since delivery

# reviewed: source
provider-survival-none = Nothing was checked again yet.

# reviewed: source
provider-open-none = Nothing is open.

# reviewed: source
provider-contacts = Contact points

# reviewed: source
provider-way = Letters go by

# reviewed: source
provider-checked = checked by a person

# reviewed: source
provider-unchecked = not checked yet

# reviewed: source
provider-contact = Enter or change its address

# reviewed: source
provider-contact-what = Letters that waited for a contact go out once it is in force. Changing one that is in force waits for a second person, on the page of the agency. A provider that speaks RXP is entered with its keys over the API.

# reviewed: source
provider-contact-how = How it was checked, for instance by a call to a known number

# reviewed: source
provider-contact-go = Enter the address

# reviewed: source
provider-quiet = Quiet mode

# reviewed: source
provider-quiet-what = Letters are gathered and go once a week. Threats to life go at once.

# reviewed: source
provider-quiet-start = Begin quiet mode

# reviewed: source
provider-quiet-end = End quiet mode

# reviewed: source
survival-hours = Since delivery

# reviewed: source
survival-share = Still up

# reviewed: source
survival-interval = 95 % interval

# reviewed: source
survival-risk = Items watched

# reviewed: source
wall-counters = Counters

# reviewed: source
wall-work = Work

# reviewed: source
wall-agencies = Agencies

# reviewed: source
wall-by-name = by name

# reviewed: source
live-still = As of now; not live

# reviewed: source
live-on = Live

# reviewed: source
live-off = Not live; the figures stand still

# reviewed: source
wall-referred-items = 
    items referred, in { $n ->
        [one] { $n } cluster
       *[other] { $n } clusters
    }

# reviewed: source
wall-seen = items seen

# reviewed: source
wall-answered = items answered

# reviewed: source
wall-of-referred = { $share } of referred

# reviewed: source
wall-assessed = clusters assessed

# reviewed: source
wall-referred = Refer

# reviewed: source
wall-not = Not terrorist content

# reviewed: source
wall-exempt = Exempt

# reviewed: source
wall-second = In doubt, for a second reader

# reviewed: source
wall-precision = Right after review

# reviewed: source
wall-precision-of = { $right } of { $all } neither taken back nor overturned; { $reviewed } were looked at again, so this is an upper bound

# reviewed: source
wall-gone = seen gone by two looks, { $n } of { $all }

# reviewed: source
wall-precision-none = No review yet. What is gone is shown once an item was looked at again.

# reviewed: source
wall-pace = How fast is it going?

# reviewed: source
wall-pace-unit = count in five minutes

# reviewed: source
wall-pace-assessed = { $n } assessed

# reviewed: source
wall-pace-answered = { $n } answered

# reviewed: source
wall-services = Services

# reviewed: source
wall-languages = Languages

# reviewed: source
wall-unit-referred = items referred

# reviewed: source
wall-answers = Answers

# reviewed: source
wall-answers-unit = items, in the providers’ words

# reviewed: source
wall-unit = Unit

# reviewed: source
wall-people = people

# reviewed: source
wall-col-assessed = assessed

# reviewed: source
wall-col-hold = on hold

# reviewed: source
wall-holds = Holds, { $n }

# reviewed: source
wall-soonest = ending soonest

# reviewed: source
wall-holds-none = nothing is on hold

# reviewed: source
signals-question = What do we know, from whom?

# reviewed: source
signals-note = A match is a reason to look, not a decision.

# reviewed: source
signals-banks = Banks

# reviewed: source
signals-running = Matching the past

# reviewed: source
signals-running-note = held and matched records only

# reviewed: source
signals-disputed = Disputed

# reviewed: source
signals-more = { $n } more wait; these are the newest.

# reviewed: source
signals-disputed-none = No signal is disputed.

# reviewed: source
signals-none = No bank is there yet.

# reviewed: source
signals-none-next = Without one, only people put items in the queue.

# reviewed: source
bank-name = Bank

# reviewed: source
bank-giver = Given by

# reviewed: source
bank-types = Holds

# reviewed: source
bank-signals = Signals

# reviewed: source
bank-matches = Matches so far

# reviewed: source
bank-review = Review due

# reviewed: source
bank-negative = Negative

# reviewed: source
bank-withdraw = Withdraw a signal

# reviewed: source
bank-withdraw-which = Signal

# reviewed: source
bank-withdraw-why = Why

# reviewed: source
bank-withdraw-go = Withdraw it everywhere

# reviewed: source
bank-basis = Legal basis

# reviewed: source
bank-sharing = May be handed on

# reviewed: source
bank-distance = Distance, bits of 256

# reviewed: source
bank-closed = Closed list

# reviewed: source
bank-export = Hand this bank on

# reviewed: source
bank-export-go = Write the list

# reviewed: source
sharing-red = not at all (red)

# reviewed: source
sharing-amber = to those who need it (amber)

# reviewed: source
sharing-green = within the community (green)

# reviewed: source
sharing-clear = to everybody (clear)

# reviewed: source
signals-format = Format

# reviewed: source
signals-format-guess = by its content

# reviewed: source
signal-suspended = Disputed: it matches nothing until a person decides.

# reviewed: source
signal-blown = Set aside by its fuse: it matched too much in one day.

# reviewed: source
opinion-for = Uphold it: it matches again

# reviewed: source
opinion-back = Withdraw this signal

# reviewed: source
opinion-why = Why

# reviewed: source
signals-import = Import a bank

# reviewed: source
signals-import-note = CSV, JSON lines, ThreatExchange, MISP, STIX

# reviewed: source
signals-file = File

# reviewed: source
signals-opinion = What its giver thinks of it

# reviewed: source
signals-as-list = As the list says; else worth a look

# reviewed: source
signals-as-seed = Worth a look, not assessed

# reviewed: source
signals-as-positive = Assessed: known terrorist content

# reviewed: source
signals-as-negative = A negative bank: news, research, decoys

# reviewed: source
signals-import-go = Import this bank

# reviewed: source
reports-question = What do we publish?

# reviewed: source
reports-choose = Choose what it is about: an operation, or the last 30 days of your agency.

# reviewed: source
report-span = Time

# reviewed: source
report-save = Save as { $form }

# reviewed: source
report-kind = Action-day report

# reviewed: source
report-written = Written

# reviewed: source
report-trust = Why you can trust the numbers

# reviewed: source
report-recomputed = A second program, which shares no code with the first, counted every number again from the exported ledger and agrees.

# reviewed: source
report-differs = A second count differs. Do not publish; look at the ledger.

# reviewed: source
report-not-recomputed = The numbers were not counted a second time yet.

# reviewed: source
report-identical = Assessments with identical texts:

# reviewed: source
report-checkpoint = Ledger checkpoint { $n }

# reviewed: source
ledger-question = Can I trust it?

# reviewed: source
ledger-checkpoint = Signed checkpoint

# reviewed: source
ledger-size = Records

# reviewed: source
ledger-root = Root

# reviewed: source
ledger-newest-at = Newest record

# reviewed: source
ledger-verify = Verify the whole ledger

# reviewed: source
ledger-holds = Verified

# reviewed: source
ledger-broken = Does not hold

# reviewed: source
ledger-unverified = Not verified in this view

# reviewed: source
ledger-look = Proof for a record

# reviewed: source
ledger-number = Number of the record

# reviewed: source
ledger-prove = Prove it

# reviewed: source
ledger-newest = Newest

# reviewed: source
ledger-offline = Verify without us

# reviewed: source
ledger-offline-how = This command needs no server and shares no code with it.

# reviewed: source
proof-holds = The proof leads to the root.

# reviewed: source
proof-broken = The proof does not lead to the root.

# reviewed: source
proof-leaf = Leaf

# reviewed: source
proof-hashes = { $n ->
        [one] { $n } hash
       *[other] { $n } hashes
    }

# reviewed: source
agency-question = Who may what?

# reviewed: source
agency-link = Link for one enrolment

# reviewed: source
agency-link-once = shown once

# reviewed: source
agency-waiting = Waits for a second person

# reviewed: source
agency-waiting-note = another person confirms

# reviewed: source
proposal-contact = new contact

# reviewed: source
proposal-confirm = Confirm

# reviewed: source
proposal-drop = Drop

# reviewed: source
agency-people = People

# reviewed: source
agency-people-closed = An administrator of the agency sees its people.

# reviewed: source
agency-add = Add a person

# reviewed: source
agency-add-go = Add and make a link

# reviewed: source
agency-keys = Keys

# reviewed: source
agency-key-until = valid until

# reviewed: source
agency-retention = Kept for

# reviewed: source
agency-protected = Protected hosts

# reviewed: source
agency-protected-note = press, archives, libraries

# reviewed: source
agency-protected-none = None is protected by name yet.

# reviewed: source
agency-peers = Peers

# reviewed: source
agency-peers-none = No peer is entered.

# reviewed: source
agency-languages = Interface languages

# reviewed: source
agency-languages-note = strings read by a speaker

# reviewed: source
agency-language-read = { $read } of { $all } read

# reviewed: source
person-name = Name

# reviewed: source
person-roles = Roles

# reviewed: source
person-seen = Last here

# reviewed: source
person-never = never

# reviewed: source
person-change = Change

# reviewed: source
person-closed = Closed

# reviewed: source
person-save = Save roles

# reviewed: source
person-new-link = Make a new link

# reviewed: source
person-close = Close the account

# reviewed: source
person-open = Open the account

# reviewed: source
role-analyst = Analyst

# reviewed: source
role-approver = Approver

# reviewed: source
role-coordinator = Coordinator

# reviewed: source
role-provider = Provider

# reviewed: source
role-auditor = Auditor

# reviewed: source
role-supervisor = Supervisor

# reviewed: source
role-administrator = Administrator

# reviewed: source
protected-remove = Remove

# reviewed: source
protected-host = Host

# reviewed: source
protected-why = Why it is protected

# reviewed: source
protected-add = Protect this host

# reviewed: source
kept-observation = Collected, not assessed

# reviewed: source
kept-not-terrorist = Assessed, not sent

# reviewed: source
kept-referral = Referral, after it is closed

# reviewed: source
kept-hash = Hash, until its review

# reviewed: source
kept-log-detail = Who read what

# reviewed: source
kept-wellbeing = A person’s exposure

# reviewed: source
kept-log = Ledger

# reviewed: source
bank-holds-negative = negative

# reviewed: source
bank-holds-seed = seed

# reviewed: source
bank-holds-positive = positive

# reviewed: source
bank-holds-disputed = disputed

# reviewed: source
provider-reads-unknown = not known

# reviewed: source
wall-ended = Ended { $end }. Later work is not counted; answers to what was sent are.

# reviewed: source
key-document = for documents

# reviewed: source
key-ledger = for the ledger
