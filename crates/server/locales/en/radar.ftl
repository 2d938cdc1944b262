### Radar: hosts, worksheets, hypotheses; shifts; cells.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: source
radar-question = Where do they move?

# reviewed: source
radar-about = Hosts that assessed content links to. No host is asked anything from here.

# reviewed: source
radar-until = The newest link is of { $day }. In the { $days } days until then { $now } accounts linked anywhere, in the weeks before { $before }.

# reviewed: source
radar-cut = There are more links than are read; the newest content counts.

# reviewed: source
radar-empty = No assessed content links to another host.

# reviewed: source
radar-empty-next = Hosts stand here once content was assessed by one person, approved by another, and links elsewhere.

# reviewed: source
radar-hosts = Hosts, new and growing ones first; factor with its 99 % interval.

# reviewed: source
radar-col-host = Host

# reviewed: source
radar-col-trend = Share of linking accounts

# reviewed: source
radar-col-accounts = Accounts

# reviewed: source
radar-col-from = Came from

# reviewed: source
radar-col-identification = Needs identification

# reviewed: source
radar-first = first link { $day }

# reviewed: source
radar-links = links: { $n }

# reviewed: source
radar-before = before: { $n }

# reviewed: source
radar-left = Hosts not shown: { $n }.

# reviewed: source
radar-new = new

# reviewed: source
radar-growing = growing

# reviewed: source
radar-steady = steady

# reviewed: source
radar-falling = falling

# reviewed: source
radar-id-yes = yes

# reviewed: source
radar-id-no = no

# reviewed: source
radar-id-unknown = unknown

# reviewed: source
radar-sheet = Operator worksheet

# reviewed: source
radar-sheet-note = each fact with its source

# reviewed: source
radar-open-sheet = Open its worksheet

# reviewed: source
radar-nothing = Nobody noted a fact about it.

# reviewed: source
radar-earlier = Earlier notes

# reviewed: source
radar-source = Source:

# reviewed: source
radar-by = { $name }, { $at }

# reviewed: source
radar-note-identification = Note whether it needs identification

# reviewed: source
radar-note-fact = Note a fact

# reviewed: source
radar-kind = About

# reviewed: source
radar-fact = Fact

# reviewed: source
radar-source-field = Where it is known from

# reviewed: source
radar-save = Note it

# reviewed: source
radar-rdap = Hand in an RDAP answer

# reviewed: source
radar-rdap-answer = The answer of a registry (JSON, RFC 9083)

# reviewed: source
radar-rdap-note = Read are registrar, date of registration, name servers, network and abuse contact; who registered it stays out.

# reviewed: source
radar-kind-identification = Needs identification

# reviewed: source
radar-kind-operator = Operator

# reviewed: source
radar-kind-seat = Seat of the operator

# reviewed: source
radar-kind-registrar = Registrar

# reviewed: source
radar-kind-registered = Registered since

# reviewed: source
radar-kind-name-servers = Name servers

# reviewed: source
radar-kind-network = Network

# reviewed: source
radar-kind-contact = Takes reports at

# reviewed: source
radar-kind-purpose = What it is for

# reviewed: source
radar-kind-hypothesis = Hypothesis

# reviewed: source
radar-log = Hypotheses

# reviewed: source
radar-log-note = nothing is changed, only added

# reviewed: source
radar-no-hypotheses = Nobody supposed anything about it.

# reviewed: source
radar-note-hypothesis = Add a hypothesis, or how it stands with one

# reviewed: source
radar-standing = How it stands

# reviewed: source
radar-open = open

# reviewed: source
radar-supported = supported

# reviewed: source
radar-refuted = refuted

# reviewed: source
radar-method-title = How this is counted

# reviewed: source
radar-method = Accounts are counted, not links: one account cannot raise a host. The share of the last { $days } days is compared with that of the { $before } days before; when everybody posts less, no host falls. Of 100 steady hosts about one looks growing or falling by chance.

# reviewed: source
radar-no-scan = A host that is new is a lead for people to look at; it is no reason by itself. Nothing is scanned.

# reviewed: source
shifts-title = Shifts

# reviewed: source
shifts-note = by service and language

# reviewed: source
shifts-counting = They are being counted.

# reviewed: source
shifts-learning = Nothing is said before { $days } days of counts: the rhythm of day and week is learnt first.

# reviewed: source
shifts-none = None in { $days } days, in { $n } series of a service and a language.

# reviewed: source
shifts-caption = Seen in the last { $days } days, in { $n } series of a service and a language.

# reviewed: source
shifts-col-where = Where

# reviewed: source
shifts-col-what = What

# reviewed: source
shifts-col-chance = Chance that it is one

# reviewed: source
shifts-blackout = fell silent

# reviewed: source
shifts-burst = burst

# reviewed: source
shifts-migration = moves away

# reviewed: source
shifts-mix = the mix changes

# reviewed: source
shifts-began = since about { $at }

# reviewed: source
shifts-seen = seen at { $at }

# reviewed: source
shifts-method-title = How this is counted

# reviewed: source
shifts-method = Each series is compared with its own rhythm of day and week and with the other series of its service: what a service does to all of them is the service, and no shift. Counts alone are used, and nothing later than the hour shown. It says what happened to counts, not why. A change of the mix is a fall or a rise that the other languages of the service made up for; it is told days later than the fall itself.

# reviewed: source
shifts-left-out = Hours of services that were down or not read, and are left out: { $n }. Series that are too small: { $small }.

# reviewed: source
cell-title = Acts together

# reviewed: source
cell-note = its account, in assessed content

# reviewed: source
cell-counting = Cells are being computed.

# reviewed: source
cell-none = The account is in no cell: it shares things no more often with others than chance explains.

# reviewed: source
cell-in = The account is in a cell of { $n }: within three minutes of each other they shared { $things } things, { $acts } times in all.

# reviewed: source
cell-chance = Chance that it stands beside them so often, given how active each is and how popular each thing is: { $p }.

# reviewed: source
cell-lead = A lead to look at, never a ground: small circles that are awake at the same hours look alike.

# reviewed: source
cell-left = Not shown: { $n }.

# reviewed: source
cell-acts = What they did together

# reviewed: source
cell-col-when = When

# reviewed: source
cell-col-who = Account

# reviewed: source
cell-col-what = What

# reviewed: source
cell-content = content { $n }

# reviewed: source
cell-link = link { $n }

# reviewed: source
shifts-all = On the radar, with time and chance: { $n }
