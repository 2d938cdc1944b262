### The parts: kinds, answers, holds, matches, questions, letters.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: source
tag-referral = Referral

# reviewed: source
tag-notice = Notice

# reviewed: source
tag-order = Removal order

# reviewed: source
kind-video = Video

# reviewed: source
kind-image = Image

# reviewed: source
kind-text = Text

# reviewed: source
kind-audio = Audio

# reviewed: source
kind-link = Link

# reviewed: source
kind-account = Account

# reviewed: source
kind-channel = Channel

# reviewed: source
kind-site = Site

# reviewed: source
kind-document = Document

# reviewed: source
tco-incites = Incites

# reviewed: source
tco-solicits-commit = Solicits an offence

# reviewed: source
tco-solicits-participation = Solicits participation

# reviewed: source
tco-instruction = Gives instruction

# reviewed: source
tco-threat = Is a threat

# reviewed: source
kinds-title = Kind of content

# reviewed: source
kinds-article = TCO Art 2(7)

# reviewed: source
kinds-note = each kind needs a place and a reason

# reviewed: source
kind-pinpoint = Where

# reviewed: source
kind-statement = Why it is of this kind

# reviewed: source
danger-question = What danger does it cause?

# reviewed: source
danger-required = required with Incites

# reviewed: source
offence-question = Which offence? Directive (EU) 2017/541

# reviewed: source
offence-none = choose

# reviewed: source
offence-article = Article { $article } · { $name }

# reviewed: source
offence-3-1-a = attack on life

# reviewed: source
offence-3-1-b = attack on bodily integrity

# reviewed: source
offence-3-1-c = kidnapping, hostages

# reviewed: source
offence-3-1-d = extensive destruction

# reviewed: source
offence-3-1-e = seizure of aircraft, ships, transport

# reviewed: source
offence-3-1-f = explosives and weapons

# reviewed: source
offence-3-1-g = dangerous substances, fires, floods

# reviewed: source
offence-3-1-h = cutting off water, power or the like

# reviewed: source
offence-3-1-i = attack on information systems

# reviewed: source
offence-4-b = taking part in a terrorist group

# reviewed: source
lang-ar = Arabic

# reviewed: source
lang-de = German

# reviewed: source
lang-el = Greek

# reviewed: source
lang-en = English

# reviewed: source
lang-es = Spanish

# reviewed: source
lang-fr = French

# reviewed: source
lang-it = Italian

# reviewed: source
lang-ku = Kurdish

# reviewed: source
lang-nl = Dutch

# reviewed: source
lang-pl = Polish

# reviewed: source
lang-pt = Portuguese

# reviewed: source
lang-ru = Russian

# reviewed: source
lang-sv = Swedish

# reviewed: source
lang-tr = Turkish

# reviewed: source
lang-und = language not known

# reviewed: source
lang-none = no text

# reviewed: source
hold-clear = Clear

# reviewed: source
hold-until = Hold until

# reviewed: source
hold-ordered = Already ordered

# reviewed: source
hold-talk = Talk to me

# reviewed: source
hold-no-answer = No answer after { $n } s

# reviewed: source
hold-no-partner = No partner to ask

# reviewed: source
answer-received = Received

# reviewed: source
answer-under-review = Under review

# reviewed: source
answer-needs-information = Needs information

# reviewed: source
answer-removed = Removed

# reviewed: source
answer-disabled-everywhere = Disabled everywhere

# reviewed: source
answer-disabled-in-union = Disabled in the Union

# reviewed: source
answer-geo-blocked = Blocked in some countries

# reviewed: source
answer-partially-removed = Removed in part

# reviewed: source
answer-age-restricted = For adults only

# reviewed: source
answer-demoted = Less visible

# reviewed: source
answer-labelled = Labelled

# reviewed: source
answer-interaction-restricted = Interaction restricted

# reviewed: source
answer-demonetised = Demonetised

# reviewed: source
answer-account-suspended = Account suspended

# reviewed: source
answer-account-terminated = Account ended

# reviewed: source
answer-already-gone = Already gone

# reviewed: source
answer-removed-by-user = Removed by its author

# reviewed: source
answer-not-found = Not found

# reviewed: source
answer-not-our-service = Not our service

# reviewed: source
answer-no-action = No action

# reviewed: source
answer-unable-now = Not possible now

# reviewed: source
answer-preserved = Preserved

# reviewed: source
answer-restored-after-complaint = Restored after a complaint

# reviewed: source
answer-restored-after-review = Restored after review

# reviewed: source
answer-restored-after-withdrawal = Restored after withdrawal

# reviewed: source
answer-none = none yet

# reviewed: source
reason-unsaid = not said

# reviewed: source
reason-no-breach = No breach of our terms

# reviewed: source
reason-protected-expression = Protected expression

# reviewed: source
reason-news-or-research = News or research

# reviewed: source
reason-counter-speech = Speech against it

# reviewed: source
reason-out-of-scope = Out of scope

# reviewed: source
reason-duplicate = Seen before

# reviewed: source
reason-other = Another reason, or none said

# reviewed: source
live-still-up = Still up

# reviewed: source
live-gone-hard = Gone

# reviewed: source
live-gone-soft = Gone, the page says so

# reviewed: source
live-removed-by-platform = Gone, removed by the service

# reviewed: source
live-removed-by-author = Gone, removed by its author

# reviewed: source
live-account-gone = Account gone

# reviewed: source
live-geo-blocked = Blocked in a country

# reviewed: source
live-wall = Behind a wall

# reviewed: source
live-replaced = Replaced

# reviewed: source
live-moved = Moved

# reviewed: source
live-copy-elsewhere = Copy elsewhere

# reviewed: source
live-host-down = Host does not answer

# reviewed: source
live-checker-blocked = We are refused

# reviewed: source
live-unclear = Unclear

# reviewed: source
live-none = not checked yet

# reviewed: source
exempt-education = education

# reviewed: source
exempt-journalism = journalism

# reviewed: source
exempt-art = art

# reviewed: source
exempt-research = research

# reviewed: source
exempt-counter-terrorism = countering terrorism

# reviewed: source
exempt-public-debate = public debate

# reviewed: source
question-education = Educational

# reviewed: source
question-journalism = Journalistic

# reviewed: source
question-art = Artistic

# reviewed: source
question-research = Research

# reviewed: source
question-counter-terrorism = Prevents or counters terrorism

# reviewed: source
question-public-debate = Views in public debate

# reviewed: source
finds-no = no

# reviewed: source
finds-yes = yes

# reviewed: source
finds-unsure = unsure

# reviewed: source
listed-unknown = unknown

# reviewed: source
exempt-title = Is it exempt?

# reviewed: source
exempt-article = TCO Art 1(3)

# reviewed: source
exempt-note = unsure goes to a second reader

# reviewed: source
exempt-why = { $question }: why?

# reviewed: source
purpose-true = What is its true purpose?

# reviewed: source
purpose-context = In what context does it stand?

# reviewed: source
purpose-listed = Is its author on the Union list?

# reviewed: source
purpose-editorial = Somebody has editorial responsibility for it

# reviewed: source
considered = Considered

# reviewed: source
tile-hold = Hidden. Hold { $key } to see

# reviewed: source
tile-hold-this = Hidden. Hold to see

# reviewed: source
tile-first = Stills first, sound off

# reviewed: source
tile-not-kept = Not kept: nothing matched

# reviewed: source
tile-limit = Your limit for today. Facts stay.

# reviewed: source
tile-undecodable = It could not be decoded

# reviewed: source
tile-grey = Grey

# reviewed: source
tile-blur = Blur

# reviewed: source
tile-exposure = 
    Shown to you today: { $n ->
        [one] { $n } item
       *[other] { $n } items
    }, { $time }

# reviewed: source
tile-no-script = Holding to see needs the page’s script. Text and facts are here without it.

# reviewed: source
why-threat = Somebody’s life may be in danger

# reviewed: source
why-spreading = 
    Spreading: { $n ->
        [one] { $n } copy
       *[other] { $n } copies
    }, the first seen { $time } ago

# reviewed: source
why-fresh = Uploaded { $time } ago

# reviewed: source
why-second-reader = Second reader asked by { $name }

# reviewed: source
why-returned = 
    Returned { $n ->
        [one] { $n } day
       *[other] { $n } days
    } after removal

# reviewed: source
why-flagger = Trusted flagger asked us to look

# reviewed: source
why-same = Same as known content

# reviewed: source
why-near = 
    Near match, { $n ->
        [one] { $n } bit
       *[other] { $n } bits
    } apart

# reviewed: source
why-links = 
    Link list names { $n ->
        [one] { $n } known item
       *[other] { $n } known items
    }

# reviewed: source
why-term = Holds a known sentence or term

# reviewed: source
why-account = From a known account

# reviewed: source
why-sent-back = Returned by { $name } with a reason

# reviewed: source
why-put-in = Put in by { $name }

# reviewed: source
why-waiting = Waiting longest

# reviewed: source
row-seen = seen { $time } ago

# reviewed: source
row-open-with = open with { $name }

# reviewed: source
match-digest = The file is the same, byte for byte.

# reviewed: source
match-address = The address is known.

# reviewed: source
match-host = The host is known.

# reviewed: source
match-account = The account is known.

# reviewed: source
match-text = The text is the same as a known text.

# reviewed: source
match-term = The text holds a term of the bank.

# reviewed: source
match-picture = The picture is near a known picture.

# reviewed: source
variant-mirrored = It is mirrored.

# reviewed: source
variant-turned = It is turned by { $n } degrees.

# reviewed: source
variant-mirrored-turned = It is mirrored and turned by { $n } degrees.

# reviewed: source
variant-trimmed = A border stands around it.

# reviewed: source
match-giver = from { $name }

# reviewed: source
match-unjudged = nobody has judged it yet

# reviewed: source
match-opinions = opinions: { $for } for, { $against } against

# reviewed: source
match-negative = A negative bank: known as news, research or a decoy.

# reviewed: source
match-exact = exact

# reviewed: source
match-distance = distance { $found }, limit { $limit }, of { $of } bits

# reviewed: source
match-distance-short = { $found }, limit { $limit }

# reviewed: source
ledger-record = Ledger record { $n }

# reviewed: source
finding-stop = Stop:

# reviewed: source
finding-ask = Ask:

# reviewed: source
findings-passed = { $n ->
        [one] { $n } check passed
       *[other] { $n } checks passed
    }

# reviewed: source
findings-count = { $stop } stop, { $ask } ask, { $pass } pass

# reviewed: source
drop-choose = Choose files

# reviewed: source
drop-here = or drop them here

# reviewed: source
drop-format = Format

# reviewed: source
drop-go = Read these files

# reviewed: source
drop-progress = Progress

# reviewed: source
drop-sending = Sending

# reviewed: source
drop-failed = Not sent. Nothing was read; choose the files again.

# reviewed: source
aside-title = Set aside, { $n }

# reviewed: source
aside-csv = Save the whole list as CSV

# reviewed: source
aside-where = Where

# reviewed: source
aside-why = Why

# reviewed: source
letter-title = Referral for your consideration

# reviewed: source
letter-from = From

# reviewed: source
letter-to = To

# reviewed: source
letter-reference = Sender’s number

# reviewed: source
letter-written = Written

# reviewed: source
letter-acting = Acting as

# reviewed: source
letter-posted = posted

# reviewed: source
letter-more = { $n } more in the attached list

# reviewed: source
letter-why = Why we think it matters.

# reviewed: source
letter-article = Regulation (EU) 2021/784, Article 2(7).

# reviewed: source
letter-considered = What we considered.

# reviewed: source
letter-optional = Your answer is welcome and optional.

# reviewed: source
letter-answer = You can answer item by item, also with “no action”. If we are wrong, tell us, and we will tell everyone who received this.

# reviewed: source
letter-signed = Signed with key

# reviewed: source
why-proposed = Proposed by a plan

# reviewed: source
letter-grounds = 
    { $n ->
        [one] It rests on one assessed content on it:
       *[other] It rests on { $n } assessed contents on it:
    }

# reviewed: source
letter-proportionality = Why all of it:

# reviewed: source
export-svg = Save as SVG

# reviewed: source
export-png = Save as PNG

# reviewed: source
variant-inset = It stands within the picture.

# reviewed: source
variant-cut = It is cut at the sides.

# reviewed: source
why-address = Has a known address
