"""A different word in every container of a Word file: which are read, as what, in which order."""

from __future__ import annotations

import io
from typing import Any

import pytest
from office_files import CHART, DIAGRAM, R, V, W, add_part, document, element, insert, picture, rezipped

from msgcheck.model import Block, Document
from msgcheck.readers import ReadOptions, read


def as_read(build: Any, **options: Any) -> Document:
    return read(document(build), "letter.docx", ReadOptions(recognise_language=False, **options))


def texts(found: Document, layer: str = "body") -> list[str]:
    return [block.text for block in found.blocks if block.layer == layer and block.location.kind != "document"]


def only(found: Document, text: str) -> Block:
    (block,) = [block for block in found.blocks if text in block.text]
    return block


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def text_box(text: str) -> str:
    return f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"


def old_box(text: str) -> str:
    return f"<w:pict><v:shape><v:textbox>{text_box(text)}</v:textbox></v:shape></w:pict>"


def test_headings_paragraphs_and_lists_with_their_context() -> None:
    def build(word: Any) -> None:
        word.add_heading("Mainheading", 1)
        word.add_paragraph("Plain words.")
        word.add_paragraph("You get:")
        word.add_paragraph("Firstitem", style="List Bullet")
        word.add_paragraph("Captiontext", style="Caption")

    found = as_read(build)
    assert found.status == "read"
    heading, plain, item, caption = (only(found, word) for word in ("Main", "Plain", "Firstitem", "Caption"))
    assert (heading.kind, heading.level, heading.location.label) == ("heading", 1, "paragraph 1")
    assert (plain.kind, plain.heading, plain.location.number) == ("paragraph", "Mainheading", 2)
    assert (item.kind, item.level, item.lead_in, item.heading) == ("list-item", 1, "You get:", "Mainheading")
    assert caption.kind == "caption"


def test_text_of_a_paragraph_is_what_word_shows() -> None:
    def build(word: Any) -> None:
        insert(word, paragraph(
            run("One") + "<w:r><w:br/></w:r>" + run("two") + "<w:r><w:tab/></w:r>" + run("re")
            + "<w:r><w:softHyphen/></w:r>" + run("co-op") + "<w:r><w:noBreakHyphen/></w:r>" + run("ed")
        ))
        insert(word, paragraph("<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>"))
        insert(word, paragraph(
            f"<w:hyperlink>{run('Linktext')}</w:hyperlink><w:smartTag>{run(' tagtext')}</w:smartTag>"
        ))

    assert texts(as_read(build)) == ["One\ntwo\tre\u00adco-op\u2011ed", "E=mc", "Linktext tagtext"]


def test_numbers_of_lists_stand_in_the_label() -> None:
    def build(word: Any) -> None:
        from docx.oxml.ns import qn

        numbering = word.part.numbering_part.element
        numbering.insert(0, element(
            f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="90">'
            '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
            '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%3"/></w:lvl>'
            "</w:abstractNum>"
        ))
        numbering.append(element(
            f'<w:num xmlns:w="{W}" w:numId="91"><w:abstractNumId w:val="90"/></w:num>'
        ))
        assert numbering.find(qn("w:num")) is not None
        for level, text in ((0, "alpha"), (1, "beta"), (1, "gamma"), (2, "delta"), (0, "epsilon"), (1, "zeta")):
            insert(word, paragraph(
                run(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>'
            ))

    found = as_read(build)
    labels = [block.location.label.partition(", item ")[2] for block in found.blocks if block.kind == "list-item"]
    assert labels == ["3", "3.a", "3.b", "I", "4", "4.a"]
    assert [block.lead_in for block in found.blocks if block.kind == "list-item"] == [
        "", "alpha", "alpha", "gamma", "", "epsilon",
    ]


def test_table_rows_with_headings_and_merged_cells_once() -> None:
    def build(word: Any) -> None:
        table = word.add_table(4, 3, style="Light Grid Accent 1")
        for row, cells in enumerate((("Part", "Weight", "Colour"), ("Lid", "2 kg", "red"), ("", "3 kg", "blue"))):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(3, 0).merge(table.cell(3, 2)).text = "Wholerow"

    found = as_read(build)
    rows = [block for block in found.blocks if block.kind == "table-row"]
    assert [row.text for row in rows] == ["Part Weight Colour", "Lid 2 kg red", "3 kg blue", "Wholerow"]
    assert [row.columns for row in rows[:3]] == [(), ("Part", "Weight", "Colour"), ("Weight", "Colour")]
    assert [row.location.label for row in rows[:2]] == ["table 1, row 1", "table 1, row 2"]
    assert (rows[1].location.kind, rows[1].location.number) == ("table", 1)


def test_tables_in_tables_and_tables_that_only_place_text() -> None:
    def build(word: Any) -> None:
        outer = word.add_table(1, 2)
        outer.cell(0, 0).text = "Beside it"
        inner = outer.cell(0, 1).add_table(2, 2)
        for row, cells in enumerate((("a1", "b1"), ("a2", "b2"))):
            for column, text in enumerate(cells):
                inner.cell(row, column).text = text
        callout = word.add_table(1, 1)
        callout.cell(0, 0).text = "Calloutone"
        callout.cell(0, 0).add_paragraph("Callouttwo")

    found = as_read(build)
    assert texts(found) == ["Beside it", "a1 b1", "a2 b2", "Calloutone", "Callouttwo"]
    assert only(found, "Callouttwo").kind == "paragraph"


def test_headers_and_footers_are_running_and_counted_by_section() -> None:
    def build(word: Any) -> None:
        word.sections[0].header.paragraphs[0].text = "Headertext"
        word.sections[0].footer.paragraphs[0].text = "Footerone"
        word.sections[0].first_page_header.paragraphs[0].text = "Firstheader"
        word.add_paragraph("Bodyone")
        second = word.add_section()
        second.footer.is_linked_to_previous = False
        second.footer.paragraphs[0].text = "Footertwo"
        second.different_first_page_header_footer = True
        word.add_paragraph("Bodytwo")

    found = as_read(build)
    assert [(block.text, block.count) for block in found.blocks if block.layer == "running"] == [
        ("Headertext", 2), ("Footerone", 1), ("Firstheader", 1), ("Footertwo", 1),
    ]
    assert [block.text for block in found.blocks if block.location.kind != "document"] == [
        "Headertext", "Bodyone", "Footerone", "Firstheader", "Bodytwo", "Footertwo",
    ]
    assert only(found, "Footertwo").location.label == "footer of section 2"
    assert (only(found, "Headertext").location.kind, only(found, "Bodyone").location.label) == ("header", "paragraph 1")


def test_notes_and_comments() -> None:
    def build(word: Any) -> None:
        for kind in ("footnote", "endnote"):
            root = (
                f'<w:{kind}s xmlns:w="{W}"><w:{kind} w:id="4"><w:p><w:r><w:t>Unusednote</w:t></w:r></w:p></w:{kind}>'
                f'<w:{kind} w:id="5"><w:p><w:r><w:{kind}Ref/><w:t>Text{kind}</w:t></w:r></w:p></w:{kind}></w:{kind}s>'
            )
            base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
            add_part(word.part, f"/word/{kind}s.xml", f"{base}.{kind}s+xml", f"{R}/{kind}s", root.encode())
        word.add_paragraph("First words.")
        insert(word, paragraph(
            run("Said") + '<w:r><w:footnoteReference w:id="5"/></w:r>'
            + run(" so") + '<w:r><w:endnoteReference w:id="5"/></w:r>'
        ))
        added = word.add_paragraph("Commented words.")
        word.add_comment(added.runs[0], "Commenttext", author="A. Person")

    found = as_read(build)
    assert texts(found) == ["First words.", "Said so", "Commented words.", "Textfootnote", "Textendnote"]
    footnote, comment = only(found, "Textfootnote"), only(found, "Commenttext")
    assert (footnote.kind, footnote.location.label, footnote.location.number) == ("note", "footnote 1", 2)
    assert (comment.layer, comment.location.label) == ("hidden", "comment on paragraph 3")
    assert not any("Unusednote" in block.text for block in found.blocks)


def test_tracked_changes() -> None:
    def build(word: Any) -> None:
        insert(word, paragraph(
            run("We ") + f'<w:del w:id="1" w:author="x"><w:r><w:delText>removedword</w:delText></w:r></w:del>'
            f'<w:ins w:id="2" w:author="x">{run("insertedword")}</w:ins>' + run(" it.")
        ))
        insert(word, paragraph(
            f'<w:moveFrom w:id="3" w:author="x">{run("movedaway")}</w:moveFrom>'
            f'<w:moveTo w:id="4" w:author="x">{run("movedhere")}</w:moveTo>'
        ))
        insert(word, paragraph(run("Joined"), '<w:rPr><w:del w:id="5" w:author="x"/></w:rPr>'))
        insert(word, paragraph(run("to the next")))

    found = as_read(build)
    assert texts(found) == ["We insertedword it.", "movedhere", "Joined to the next"]
    assert texts(found, "hidden") == ["removedword", "movedaway"]
    assert only(found, "removedword").location.label == "paragraph 1 (deleted)"


def test_hidden_text_by_run_and_by_style() -> None:
    def build(word: Any) -> None:
        word.styles.element.append(element(
            f'<w:style xmlns:w="{W}" w:type="character" w:styleId="Ghost"><w:name w:val="Ghost"/>'
            "<w:rPr><w:vanish/></w:rPr></w:style>"
        ))
        insert(word, paragraph(
            run("Seen") + run("vanished", "<w:vanish/>") + run("ghostly", '<w:rStyle w:val="Ghost"/>')
            + run(" again", '<w:vanish w:val="0"/>')
        ))

    found = as_read(build)
    assert texts(found) == ["Seen again"]
    assert texts(found, "hidden") == ["vanishedghostly"]


def test_fields_show_their_results() -> None:
    def field(code: str, result: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    def build(word: Any) -> None:
        insert(word, paragraph(run("Due ") + field("DATE instruction", "1 May")))
        insert(word, paragraph(f'<w:fldSimple w:instr="AUTHOR instruction">{run("Authorname")}</w:fldSimple>'))
        marks = ("begin", "separate", "end")
        begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in marks)
        inner = field("X", "innerresult")
        insert(word, paragraph(
            f"{begin}<w:r><w:instrText>IF </w:instrText></w:r>{inner}{separate}{run('outerresult')}{end}"
        ))
        insert(word, paragraph(begin + run("Neverended")))
        insert(word, paragraph(run("Text after it")))

    found = as_read(build)
    assert texts(found) == ["Due 1 May", "Authorname", "outerresult", "Neverended", "Text after it"]
    assert not any("instruction" in block.text for block in found.blocks)


def test_content_controls_are_read_and_their_prompts_hidden() -> None:
    def build(word: Any) -> None:
        insert(word, f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('Blockcontrol'))}</w:sdtContent></w:sdt>")
        insert(word, paragraph(f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Inlinecontrol')}</w:sdtContent></w:sdt>"))
        insert(word, "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
                     f"<w:sdtContent>{paragraph(run('Prompttext'))}</w:sdtContent></w:sdt>")
        insert(word, f"<w:customXml>{paragraph(run('Customtext'))}</w:customXml>")

    found = as_read(build)
    assert texts(found) == ["Blockcontrol", "Inlinecontrol", "Customtext"]
    assert texts(found, "hidden") == ["Prompttext"]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    def build(word: Any) -> None:
        insert(word, paragraph(
            run("Anchor") + "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
            '<wp:docPr id="1" name="n" descr="Describedbox"/><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
            f"{text_box('Boxtext')}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
            f"</mc:Choice><mc:Fallback>{old_box('Boxtext')}</mc:Fallback></mc:AlternateContent></w:r>"
        ))
        insert(word, paragraph(f"<w:r>{old_box('Oldboxtext')}</w:r>"))

    found = as_read(build)
    assert texts(found) == ["Anchor", "Boxtext", "Oldboxtext"]
    assert only(found, "Boxtext").location.label == "text box at paragraph 1"
    assert texts(found, "description") == ["Describedbox"]


def test_pictures_watermarks_charts_and_diagrams() -> None:
    def build(word: Any) -> None:
        shape = word.add_picture(io.BytesIO(picture()))
        shape._inline.docPr.set("descr", "Described picture")
        word.sections[0].header.paragraphs[0]._p.append(element(
            f'<w:r xmlns:w="{W}" xmlns:v="{V}"><w:pict><v:shape><v:textpath string="Watermarktext"/></v:shape></w:pict>'
            "</w:r>"
        ))
        chart = add_part(
            word.part, "/word/charts/chart1.xml", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
            f"{R}/chart", CHART,
        )
        diagram = add_part(
            word.part, "/word/diagrams/data1.xml",
            "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml", f"{R}/diagramData", DIAGRAM,
        )
        for inner in (f'<c:chart r:id="{chart}"/>', f'<dgm:relIds r:dm="{diagram}"/>'):
            insert(word, paragraph(
                f"<w:r><w:drawing><wp:inline><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></wp:inline>"
                "</w:drawing></w:r>"
            ))

    found = as_read(build)
    assert texts(found) == ["Charttitle", "Chartaxis", "Chartseries", "Chartcategory", "Diagramparent", "Diagramchild"]
    assert texts(found, "running") == ["Watermarktext"]
    assert texts(found, "description") == ["Described picture"]
    assert dict(found.gaps)["picture"] == 1


def test_drop_capital_belongs_to_its_word() -> None:
    def build(word: Any) -> None:
        insert(word, paragraph(run("O"), '<w:framePr w:dropCap="drop" w:lines="3"/>'))
        insert(word, paragraph(run("nce upon a time")))

    assert texts(as_read(build)) == ["Once upon a time"]


def test_tables_of_contents_are_running_and_code_is_code() -> None:
    def build(word: Any) -> None:
        for name in ("toc 1", "Source Code"):
            word.styles.add_style(name, 1)
        word.add_paragraph("Contentsline\t4", style="toc 1")
        word.add_paragraph("codeline = 1", style="Source Code")
        word.add_paragraph("Bodytext")

    found = as_read(build)
    assert (texts(found, "running"), texts(found, "code"), texts(found)) == (
        ["Contentsline\t4"], ["codeline = 1"], ["Bodytext"],
    )


def test_strict_files_are_read_like_others() -> None:
    def to_strict(parts: dict[str, bytes]) -> None:
        for name, part in parts.items():
            parts[name] = part.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/"
            ).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships/",
            )

    data = rezipped(document(lambda word: word.add_paragraph("Stricttext")), to_strict)
    found = read(data, "strict.docx", ReadOptions(recognise_language=False))
    assert (found.status, texts(found)) == ("read", ["Stricttext"])


def test_broken_part_is_read_up_to_the_break_and_named() -> None:
    def break_body(parts: dict[str, bytes]) -> None:
        body = parts["word/document.xml"]
        parts["word/document.xml"] = body[: body.index(b"Lasttext") + 4]

    def build(word: Any) -> None:
        word.add_paragraph("Firsttext")
        word.add_paragraph("Lasttext")

    found = read(rezipped(document(build), break_body), "cut.docx", ReadOptions(recognise_language=False))
    assert found.status == "partly-read"
    assert texts(found)[0] == "Firsttext"
    assert [(reason.code, reason.place) for reason in found.reasons] == [("part-unreadable", "word/document.xml")]


def test_embedded_document_is_named_as_not_read() -> None:
    def build(word: Any) -> None:
        word.add_paragraph("Bodytext")
        insert(word, '<w:altChunk r:id="rId99"/>')

    found = as_read(build)
    assert (found.status, [reason.code for reason in found.reasons]) == ("partly-read", ["part-unreadable"])


def test_tables_deeper_than_the_bound_are_unread() -> None:
    def build(word: Any) -> None:
        inner = "<w:p/>"
        for _ in range(40):
            inner = f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
        insert(word, inner)

    found = as_read(build, max_depth=20)
    assert [reason.code for reason in found.reasons] == ["too-deep"]


def test_default_properties_of_a_template_are_no_words_of_the_author() -> None:
    def build(word: Any) -> None:
        word.core_properties.title, word.core_properties.subject = "Word Document", "Propertysubject"
        word.add_paragraph("Bodytext")

    found = as_read(build)
    assert [block.text for block in found.blocks if block.location.kind == "document"] == ["Propertysubject"]


def test_raised_digits_are_no_part_of_a_figure() -> None:
    def build(word: Any) -> None:
        raised, flat = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="baseline"/>'
        word.styles.add_style("Mark", 2).font.superscript = True
        insert(word, paragraph(run("by 40") + run("3", raised) + run(" firms, the 4") + run("th", raised)))
        insert(word, paragraph(run("48 m") + run("2", raised) + run(" in 2030") + run("2", '<w:rStyle w:val="Mark"/>')))
        insert(word, paragraph(run("20") + run("30", f'<w:rStyle w:val="Mark"/>{flat}')))

    assert texts(as_read(build)) == ["by 40³ firms, the 4th", "48 m² in 2030²", "2030"]


@pytest.mark.parametrize("number", ["9" * 5000, "²", "-3", "--3", "", "x"])
def test_strange_numbers_leave_the_document_read(number: str) -> None:
    def build(word: Any) -> None:
        listed = f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{number}"/>'
        insert(word, paragraph(run("Line") + f'<w:r><w:sym w:font="Symbol" w:char="{number}"/></w:r>', listed))
        cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr>{{}}</w:tc>'
        cells = "".join(cell.format(paragraph(run(text))) for text in "ab")
        insert(word, f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>")

    document = as_read(build)
    assert (document.status, texts(document)) == ("read", ["Line", "a b", "a b"])
