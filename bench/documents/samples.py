"""Documents by other people's libraries, with what is in them; and broken ones."""

import io
import os
import random
import struct
import zipfile
import zlib

from PIL import Image, ImageDraw

from words import sentences

LINK = "https://shop.example/offer?id="


def picture(seed, kind):
    """A drawing; PNG and JPEG in turn."""
    dice = random.Random(seed)
    image = Image.new("RGB", (320 + 8 * (seed % 9), 240), tuple(dice.randrange(256) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(24):
        x, y = dice.randrange(image.width), dice.randrange(image.height)
        box = (x, y, x + dice.randrange(20, 120), y + dice.randrange(20, 120))
        colour = tuple(dice.randrange(256) for _ in range(3))
        (draw.ellipse if dice.random() < 0.5 else draw.rectangle)(box, fill=colour)
    out = io.BytesIO()
    image.save(out, kind, **({"quality": 90} if kind == "JPEG" else {}))
    return out.getvalue()


class Sample:
    """A file and what it must give: sentences with their part, links, SHA-256 and pixels of pictures."""

    def __init__(self, folder, number, ending):
        self.path = os.path.join(folder, f"{number:03}.{ending}")
        self.ending, self.number = ending, number
        self.said, self.links, self.pictures = [], [], []
        self.dice = random.Random(f"{ending}{number}")

    def part(self, language=None):
        """Sentences, a link and a picture for one part."""
        language = language or self.dice.choice(["en", "fr", "de", "pl", "ru", "el"])
        said = self.dice.sample(sentences(language), 2)
        link = f"{LINK}{self.number}-{len(self.links)}"
        data = picture(self.number * 31 + len(self.pictures), self.dice.choice(["PNG", "JPEG"]))
        self.said += said
        self.links.append(link)
        self.pictures.append(data)
        return said, link, data


def pdf(sample):
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(TTFont("Noto", "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"))
    page = canvas.Canvas(sample.path, pageCompression=sample.number % 2)
    for _ in range(sample.dice.randrange(1, 6)):
        said, link, data = sample.part()
        page.setFont("Noto", 10)
        for line, text in enumerate(said):
            page.drawString(40, 780 - 20 * line, text)
        page.linkURL(link, (40, 40, 140, 60))
        page.drawImage(ImageReader(io.BytesIO(data)), 60, 300, 320, 240)
        page.showPage()
    page.save()


def docx(sample):
    import docx as library
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = library.Document()
    for _ in range(sample.dice.randrange(1, 5)):
        said, link, data = sample.part()
        document.add_paragraph(said[0])
        document.add_table(1, 2).cell(0, 1).text = said[1]
        document.add_picture(io.BytesIO(data))
        anchor = OxmlElement("w:hyperlink")
        anchor.set(qn("r:id"), document.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        document.add_paragraph()._p.append(anchor)
    document.save(sample.path)


def xlsx(sample):
    import openpyxl
    from openpyxl.drawing.image import Image as Drawing

    book = openpyxl.Workbook()
    for number in range(sample.dice.randrange(1, 4)):
        sheet = book.active if number == 0 else book.create_sheet(f"sheet {number}")
        said, link, data = sample.part()
        sheet["A1"], sheet["B3"] = said
        sheet["C1"] = "offer"
        sheet["C1"].hyperlink = link
        sheet.add_image(Drawing(io.BytesIO(data)), "D5")
    book.save(sample.path)


def pptx(sample):
    import pptx as library

    show = library.Presentation()
    for _ in range(sample.dice.randrange(1, 5)):
        said, link, data = sample.part()
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = said[0]
        slide.notes_slide.notes_text_frame.text = said[1]
        run = slide.placeholders[1].text_frame.paragraphs[0].add_run()
        run.text = "offer"
        run.hyperlink.address = link
        slide.shapes.add_picture(io.BytesIO(data), 0, 0)
    show.save(sample.path)


def open_document(sample):
    from odf import draw, opendocument, table, text
    from odf.style import MasterPage, PageLayout

    make = {
        "odt": opendocument.OpenDocumentText,
        "ods": opendocument.OpenDocumentSpreadsheet,
        "odp": opendocument.OpenDocumentPresentation,
    }
    document = make[sample.ending]()
    if sample.ending == "odp":
        layout = PageLayout(name="layout")
        document.automaticstyles.addElement(layout)
        master = MasterPage(name="master", pagelayoutname=layout)
        document.masterstyles.addElement(master)
    for number in range(sample.dice.randrange(1, 4)):
        said, link, data = sample.part()
        kind = ".png" if data.startswith(b"\x89PNG") else ".jpg"
        name = document.addPictureFromString(data, "image/" + kind[1:])
        frame = draw.Frame(width="8cm", height="6cm")
        frame.addElement(draw.Image(href=name))
        anchor = text.P()
        anchor.addElement(text.A(href=link, text="offer"))
        paragraphs = [text.P(text=one) for one in said] + [anchor]
        if sample.ending == "odt":
            holder = text.P()
            holder.addElement(frame)
            for one in paragraphs + [holder]:
                document.text.addElement(one)
        elif sample.ending == "ods":
            sheet = table.Table(name=f"sheet {number}")
            for one in paragraphs:
                row, cell = table.TableRow(), table.TableCell()
                cell.addElement(one)
                row.addElement(cell)
                sheet.addElement(row)
            shapes = table.Shapes()
            shapes.addElement(frame)
            sheet.insertBefore(shapes, sheet.firstChild)
            document.spreadsheet.addElement(sheet)
        else:
            page = draw.Page(masterpagename=master, name=f"page {number}")
            box, holder = draw.TextBox(), draw.Frame(width="20cm", height="6cm")
            for one in paragraphs:
                box.addElement(one)
            holder.addElement(box)
            page.addElement(holder)
            page.addElement(frame)
            document.presentation.addElement(page)
    document.save(sample.path)


KINDS = {
    "pdf": pdf, "docx": docx, "xlsx": xlsx, "pptx": pptx,
    "odt": open_document, "ods": open_document, "odp": open_document,
}


def good(folder, each):
    """So many samples of each kind."""
    os.makedirs(folder, exist_ok=True)
    samples = []
    for ending, write in KINDS.items():
        for number in range(each):
            sample = Sample(folder, number, ending)
            write(sample)
            samples.append(sample)
    return samples


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def word(body):
    """The least text document, with this body."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    root = f'<Relationships><Relationship Id="r1" Type="{kind}" Target="word/document.xml"/></Relationships>'
    return [("_rels/.rels", root), ("word/document.xml", body)]


def encrypted_pdf(path):
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen import canvas

    page = canvas.Canvas(path, encrypt=StandardEncryption("open sesame", canPrint=0))
    page.drawString(100, 700, "hidden words")
    page.save()


def flat_png(side):
    """A picture of one colour that announces so many pixels."""
    row = zlib.compress(b"\0" * (side * (side + 1)), 9) if side < 6_000 else None
    if row is None:
        packer = zlib.compressobj(9)
        row = b"".join(packer.compress(b"\0" * (side + 1)) for _ in range(side)) + packer.flush()
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


def flat_pdf(side):
    """A PDF with a picture of one colour of so many pixels."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"\0" * side * 3) for _ in range(side)) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length 30>>stream\nq 500 0 0 500 40 200 cm /I Do Q\nendstream",
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"
        b"/Length %d>>stream\n" % (side, side, len(data)) + data + b"\nendstream",
    ]
    body = b"".join(b"%d 0 obj" % number + one + b"endobj\n" for number, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def broken(folder, samples):
    """Files that must be set aside, by what is wrong with them."""
    os.makedirs(folder, exist_ok=True)
    files, dice = [], random.Random(7)

    def put(what, ending, data):
        path = os.path.join(folder, f"{len(files):03}.{ending}")
        if data is not None:
            with open(path, "wb") as file:
                file.write(data)
        files.append((what, path))
        return path

    office = [sample for sample in samples if sample.ending != "pdf"]
    for sample in office[::3]:
        data = open(sample.path, "rb").read()
        for share in (0.1, 0.5, 0.97):
            put("cut off (office)", sample.ending, data[: int(len(data) * share)])
    for sample in [sample for sample in samples if sample.ending == "pdf"][::2]:
        put("cut off (pdf, first tenth)", "pdf", open(sample.path, "rb").read()[:300])
    for ending, start in [("pdf", b"%PDF-1.7\n"), ("docx", b"PK\x03\x04"), ("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")]:
        for _ in range(5):
            put("random bytes", ending, start + dice.randbytes(dice.randrange(100, 100_000)))
    encrypted_pdf(put("encrypted", "pdf", None))
    locked = "EncryptedPackage".encode("utf-16-le")
    put("encrypted", "docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + locked + dice.randbytes(4_000))
    put("encrypted", "odt", zipped([
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>"),
        ("content.xml", dice.randbytes(500)),
    ]))
    blanks = " " * (200 << 20)
    put("bomb", "docx", zipped(word(f"<document>{blanks}</document>")))
    put("bomb", "docx", zipped(word("<document/>") + [(f"word/media/{n}.gif", "GIF89a" + blanks[: 40 << 20]) for n in range(5)]))
    put("bomb", "docx", zipped(word("<document/>") + [(f"x/{n}", "") for n in range(20_000)]))
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    put("bomb", "docx", zipped(word(f'<!DOCTYPE d [<!ENTITY e0 "ha">{laughs}]><document>&e9;</document>')))
    put("entity of a file", "docx", zipped(word('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><document>&x;</document>')))
    put("deep elements", "docx", zipped(word("<document>" + "<p>" * 100_000)))
    put("bomb in a picture", "docx", zipped(word("<document/>") + [("word/media/a.png", flat_png(9_000))]))
    put("bomb in a picture", "pdf", flat_pdf(24_000))
    return files
