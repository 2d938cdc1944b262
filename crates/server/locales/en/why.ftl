### Why it was matched: a match laid open.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: source
why-page = Why it was matched

# reviewed: source
why-question = Why was it matched?

# reviewed: source
why-reason-only = A match is a reason to look, never a decision.

# reviewed: source
why-back = Back to its cluster

# reviewed: source
why-compare = Compare

# reviewed: source
why-item = This item

# reviewed: source
why-known = What is known

# reviewed: source
why-seen = seen

# reviewed: source
why-agrees = What agrees in this item

# reviewed: source
why-listed-value = The value on the list

# reviewed: source
why-fingerprint = Only its fingerprint is held here. There is no picture or text to show.

# reviewed: source
why-same-file = The file is the same, byte for byte: what this item shows is the known one.

# reviewed: source
why-part = The outlined part is what both pictures show.

# reviewed: source
why-marked = The marked words stand in both.

# reviewed: source
why-how-near = How near it is

# reviewed: source
why-limit = limit { $n }

# reviewed: source
why-scale = 0 is the same; nothing beyond { $limit } is matched.

# reviewed: source
why-places = Places of both pictures that agree: { $n }.

# reviewed: source
why-share = Both have { $n } % of the longer text.

# reviewed: source
why-exact = It agrees exactly, apart from the way it is written.

# reviewed: source
why-who = Who says so

# reviewed: source
why-opinion = Opinion

# reviewed: source
why-state = State

# reviewed: source
why-live = It is in force.

# reviewed: source
why-withdrawn = Withdrawn: it matches nothing any more.

# reviewed: source
why-label = Its giver calls it

# reviewed: source
why-listed-by = Put on the list by

# reviewed: source
why-listed-at = On the list since

# reviewed: source
why-matched-at = Matched

# reviewed: source
why-nobody = not known

# reviewed: source
why-others-too = What else matched this item

# reviewed: source
variant-document = It stands in a document.

# reviewed: source
fuses-title = Set aside by their fuse

# reviewed: source
fuses-note = over { $n } matches in a day

# reviewed: source
fuses-none = No fuse has blown.

# reviewed: source
fuse-matches = Matches of that day: { $n }.

# reviewed: source
fuse-since = Set aside

# reviewed: source
fuse-reset = Let it match again

# reviewed: source
fuse-reset-why = Why it is right after all

# reviewed: source
fuse-told = These people see the count beside the page’s name:

# reviewed: source
fuse-told-nobody = nobody keeps the banks here

# reviewed: source
dispute-by = Disputed by { $name }

# reviewed: source
dispute-from-list = It came disputed with its list

# reviewed: source
imports-title = Imports

# reviewed: source
imports-none = Nothing was imported yet.

# reviewed: source
imports-when = When, by whom

# reviewed: source
imports-rows = Rows

# reviewed: source
imports-came = What came of it

# reviewed: source
imports-left = Left out

# reviewed: source
imports-nothing = nothing

# reviewed: source
imports-new = new: { $n }

# reviewed: source
imports-known = known before: { $n }

# reviewed: source
imports-disputed = disputed: { $n }

# reviewed: source
imports-withdrawn = taken back by their giver: { $n }

# reviewed: source
imports-relisted = on the list again: { $n }

# reviewed: source
imports-cut = with cuts: { $n }

# reviewed: source
imports-not-compared = of types not compared here: { $n }

# reviewed: source
left-unreadable = cannot be read: { $n }

# reviewed: source
left-kind = of an unknown kind: { $n }

# reviewed: source
left-opinion = of another opinion than the bank: { $n }

# reviewed: source
left-value = no usable value: { $n }

# reviewed: source
left-withdrawn = withdrawn here before: { $n }

# reviewed: source
match-distance-plain = distance { $found }, limit { $limit }

# reviewed: source
match-near-text = The text is near a known text.

# reviewed: source
right-compare-uploads = have uploads compared with closed lists

# reviewed: source
match-video = The video has a part of a known video.

# reviewed: source
match-sound = The sound has a part of a known sound.

# reviewed: source
match-video-part = From { $from } to { $to } the video shows what a known video shows from { $known_from } to { $known_to }: { $share } % of this one, { $known_share } % of the known one.

# reviewed: source
match-sound-part = From { $from } to { $to } the sound is that of a known one from { $known_from } to { $known_to }: { $share } % of this one, { $known_share } % of the known one.

# reviewed: source
match-faster = It goes { $n } % faster.

# reviewed: source
match-slower = It goes { $n } % slower.

# reviewed: source
variant-read = A machine read it in a picture. Look whether it stands there.

# reviewed: source
why-video = Part of a known video, { $from } to { $to }

# reviewed: source
why-sound = Part of a known sound, { $from } to { $to }

# reviewed: source
why-read = A machine read a known term in a picture

# reviewed: source
why-wrong = This signal is wrong

# reviewed: source
why-dispute-what = A signal that is disputed matches nothing new until somebody upholds it or takes it back.

# reviewed: source
why-dispute-reason = Why it is wrong

# reviewed: source
why-dispute-go = Dispute it

# reviewed: source
why-wrong-tell = If this signal is wrong, tell who keeps the banks:
