"""Workbooks with parts that no library writes, put in by hand as Excel spells them."""

from __future__ import annotations

from pathlib import Path

from lossless.plain import comments, macros, opened, tables
from lossless.zipped import MAIN, MICROSOFT, NAMESPACES, OFFICE, Edit

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
_SML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MS = "application/vnd.ms-excel"
_R = f'xmlns:r="{OFFICE}"'


def _started(path: Path) -> Edit:
    book, _sheet = opened(path)
    book.close()
    return Edit(path)


def threaded(path: Path) -> Path:
    """A threaded comment with a reply, its person, and the legacy comment behind it."""
    edit = Edit(comments(path))
    ns = 'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"'
    who, first = "{11111111-1111-4111-8111-111111111111}", "{22222222-2222-4222-8222-222222222222}"
    person = f'<personList {ns}><person displayName="Reviewer" id="{who}" userId="r" providerId="None"/></personList>'
    thread = (
        f"<ThreadedComments {ns}>"
        f'<threadedComment ref="B2" dT="2026-11-01T10:00:00.00" personId="{who}" id="{first}">'
        "<text>Why 3?</text>"
        f'</threadedComment><threadedComment ref="B2" dT="2026-11-01T11:00:00.00" personId="{who}" '
        f'id="{{33333333-3333-4333-8333-333333333333}}" parentId="{first}">'
        "<text>As ordered.</text></threadedComment></ThreadedComments>"
    )
    kind = f"{MICROSOFT}/2017/10/relationships"
    edit.add("xl/persons/person.xml", person, f"{_MS}.person+xml", BOOK, f"{kind}/person")
    edit.add(
        "xl/threadedComments/threadedComment1.xml",
        thread,
        f"{_MS}.threadedcomments+xml",
        SHEET,
        f"{kind}/threadedComment",
    )
    return edit.save()


def pivot(path: Path) -> Path:
    """A pivot table over a table of the user's, with its cache, a slicer and a timeline."""
    return _with_slicers(_with_pivot(Edit(tables(path)))).save()


def _with_pivot(edit: Edit) -> Edit:
    fields = (
        '<cacheFields count="3"><cacheField name="Item" numFmtId="0"><sharedItems count="1">'
        '<s v="a"/></sharedItems></cacheField>'
        '<cacheField name="Pieces" numFmtId="0">'
        '<sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1"/>'
        "</cacheField>"
        '<cacheField name="Twice" numFmtId="0">'
        '<sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1"/>'
        "</cacheField>"
        "</cacheFields>"
    )
    cache = "xl/pivotCache/pivotCacheDefinition1.xml"
    definition = (
        f'<pivotCacheDefinition xmlns="{MAIN}" {_R} r:id="rIdX1" refreshedBy="x" refreshedDate="46000" createdVersion="6" '
        'refreshedVersion="6" recordCount="1"><cacheSource type="worksheet">'
        '<worksheetSource name="Stock"/></cacheSource>'
        f"{fields}</pivotCacheDefinition>"
    )
    table = (
        f'<pivotTableDefinition xmlns="{MAIN}" name="Pivot1" cacheId="1" dataCaption="Values">'
        '<location ref="M1:N3" firstHeaderRow="1" '
        'firstDataRow="1" firstDataCol="1"/><pivotFields count="3">'
        '<pivotField axis="axisRow" showAll="0"><items count="2"><item x="0"/>'
        '<item t="default"/></items></pivotField><pivotField dataField="1" showAll="0"/>'
        '<pivotField showAll="0"/></pivotFields>'
        '<rowFields count="1"><field x="0"/></rowFields><rowItems count="2"><i><x/></i><i t="grand"><x/></i></rowItems>'
        '<colItems count="1"><i/></colItems><dataFields count="1"><dataField name="Sum" fld="1"/>'
        "</dataFields></pivotTableDefinition>"
    )
    records = f'<pivotCacheRecords xmlns="{MAIN}" count="1"><r><x v="0"/><n v="3"/><n v="6"/></r></pivotCacheRecords>'
    number = edit.add(cache, definition, f"{_SML}.pivotCacheDefinition+xml", BOOK, f"{OFFICE}/pivotCacheDefinition")
    edit.add(
        "xl/pivotCache/pivotCacheRecords1.xml", records, f"{_SML}.pivotCacheRecords+xml", cache, f"{OFFICE}/pivotCacheRecords"
    )  # fmt: skip
    part = "xl/pivotTables/pivotTable1.xml"
    edit.add(part, table, f"{_SML}.pivotTable+xml", SHEET, f"{OFFICE}/pivotTable")
    edit.link(part, f"{OFFICE}/pivotCacheDefinition", f"/{cache}")
    edit.before(BOOK, "</workbook>", f'<pivotCaches><pivotCache cacheId="1" r:id="{number}"/></pivotCaches>')
    return edit


def _with_slicers(edit: Edit) -> Edit:
    kind = f"{MICROSOFT}/2007/relationships"
    slicer_cache = (
        '<slicerCacheDefinition xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'name="Slicer_Item" sourceName="Item">'
        '<pivotTables><pivotTable tabId="1" name="Pivot1"/></pivotTables><data>'
        '<tabular pivotCacheId="1"><items count="1"><i x="0" s="1"/>'
        "</items></tabular></data></slicerCacheDefinition>"
    )
    slicers = (
        '<slicers xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<slicer name="Item" cache="Slicer_Item" '
        'caption="Item" rowHeight="241300"/></slicers>'
    )
    timeline_cache = (
        '<timelineCacheDefinition xmlns="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" name="Timeline_Day" '
        'sourceName="Item"><pivotTables><pivotTable tabId="1" name="Pivot1"/></pivotTables>'
        '<state minimalRefreshVersion="6" '
        'lastRefreshVersion="6" pivotCacheId="1" filterType="unknown"><bounds startDate="2026-01-01T00:00:00" '
        'endDate="2027-01-01T00:00:00"/></state></timelineCacheDefinition>'
    )
    timelines = (
        '<timelines xmlns="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">'
        '<timeline name="Day" cache="Timeline_Day" '
        'caption="Day" level="2" selectionLevel="2"/></timelines>'
    )
    one = edit.add(
        "xl/slicerCaches/slicerCache1.xml", slicer_cache, f"{_MS}.slicerCache+xml", BOOK, f"{kind}/slicerCache"
    )
    two = edit.add("xl/slicers/slicer1.xml", slicers, f"{_MS}.slicer+xml", SHEET, f"{kind}/slicer")
    kind = f"{MICROSOFT}/2011/relationships"
    three = edit.add(
        "xl/timelineCaches/timelineCache1.xml",
        timeline_cache,
        f"{_MS}.timelineCache+xml",
        BOOK,
        f"{kind}/timelineCache",
    )
    four = edit.add("xl/timelines/timeline1.xml", timelines, f"{_MS}.timeline+xml", SHEET, f"{kind}/timeline")
    lists = {
        (
            BOOK,
            "BBE1A952-AA13-448e-AADC-164F8A28A991",
        ): f'<x14:slicerCaches><x14:slicerCache r:id="{one}"/></x14:slicerCaches>',
        (SHEET, "A8765BA9-456A-4dab-B4F3-ACF838C121DE"): f'<x14:slicerList><x14:slicer r:id="{two}"/></x14:slicerList>',
        (
            BOOK,
            "D0CA8CA8-9F24-4464-BF8E-62219DCF47F9",
        ): f'<x15:timelineCacheRefs><x15:timelineCacheRef r:id="{three}"/></x15:timelineCacheRefs>',
        (
            SHEET,
            "7E03D99C-DC04-49d9-9315-930204A7B6E9",
        ): f'<x15:timelineRefs><x15:timelineRef r:id="{four}"/></x15:timelineRefs>',
    }
    for (part, uri), xml in lists.items():
        edit.extension(part, uri, xml)
    return edit


def controls(path: Path) -> Path:
    """A form control with its properties, and an ActiveX control with its binary."""
    edit = Edit(macros(path))
    vml = next(name for name in edit.parts if "vmlDrawing" in name)
    prop = '<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    prop += 'objectType="CheckBox" checked="Checked"/>'
    one = edit.add("xl/ctrlProps/ctrlProp1.xml", prop, f"{_MS}.controlproperties+xml", SHEET, f"{OFFICE}/ctrlProp")
    active = '<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:classid="{8BD21D10-EC42-11CE-9E0D-00AA006002F3}" '
    active += f'ax:persistence="persistStreamInit" {_R} r:id="rIdX1"/>'
    two = edit.add(
        "xl/activeX/activeX1.xml", active, "application/vnd.ms-office.activeX+xml", SHEET, f"{OFFICE}/control"
    )
    edit.add(
        "xl/activeX/activeX1.bin", b"\x01\x02binary", "application/vnd.ms-office.activeX", "xl/activeX/activeX1.xml",
        f"{MICROSOFT}/2006/relationships/activeXControlBinary",
    )  # fmt: skip
    entries = (
        f'<control shapeId="1025" r:id="{one}" name="Check Box 1"/>'
        f'<control shapeId="1026" r:id="{two}" name="Button1"/>'
    )
    edit.before(SHEET, "</worksheet>", f"<controls>{entries}</controls>")
    edit.replace(vml, "</xml>", "<!-- kept --></xml>")
    return edit.save()


def queries(path: Path) -> Path:
    """Connections, a query table, a data model, and a table that a query fills."""
    edit = _started(path)
    connections = (
        f'<connections xmlns="{MAIN}">'
        '<connection id="1" name="Query - Bills" type="5" refreshedVersion="6">'
        '<dbPr connection="Provider=x" command="SELECT 1"/></connection></connections>'
    )
    query = f'<queryTable xmlns="{MAIN}" name="Bills" connectionId="1" autoFormatId="0"/>'
    edit.add("xl/connections.xml", connections, f"{_SML}.connections+xml", BOOK, f"{OFFICE}/connections")
    edit.add("xl/queryTables/queryTable1.xml", query, f"{_SML}.queryTable+xml", SHEET, f"{OFFICE}/queryTable")
    edit.add(
        "xl/model/item.data", b"a data model" * 50, "application/vnd.openxmlformats-officedocument.model+data", BOOK,
        f"{OFFICE}/powerPivotData",
    )  # fmt: skip
    edit.before(
        BOOK,
        "<calcPr",
        '<definedNames><definedName name="Bills" hidden="1">\'My Data\'!$A$1:$C$4</definedName></definedNames>',
    )
    return edit.save()


def ribbon(path: Path) -> Path:
    """Ribbon XML of both generations, custom XML with its properties, and a web extension."""
    edit = _started(path)
    kind = f"{MICROSOFT}/2006/relationships/ui/extensibility"
    ui = (
        '<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui">'
        '<ribbon startFromScratch="false"/></customUI>'
    )
    edit.add("customUI/customUI.xml", ui, "application/xml", "", kind)
    edit.add(
        "customUI/customUI14.xml", ui.replace("2006/01", "2009/07"), "application/xml", "",
        f"{MICROSOFT}/2007/relationships/ui/extensibility",
    )  # fmt: skip
    edit.add(
        "customXml/item1.xml",
        "<client xmlns='urn:x'>Contoso &amp; Co</client>",
        "application/xml",
        BOOK,
        f"{OFFICE}/customXml",
    )
    store = 'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"'
    props = (
        f'<ds:datastoreItem {store} ds:itemID="{{44444444-4444-4444-8444-444444444444}}">'
        "<ds:schemaRefs/></ds:datastoreItem>"
    )
    edit.add(
        "customXml/itemProps1.xml", props, "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        "customXml/item1.xml", f"{OFFICE}/customXmlProps",
    )  # fmt: skip
    return edit.save()


def links(path: Path) -> Path:
    """An external link that formulas use, printer settings, a calculation chain, custom views."""
    edit = _started(path)
    external = (
        f'<externalLink xmlns="{MAIN}" {_R}><externalBook r:id="rIdX1"><sheetNames>'
        '<sheetName val="Rates"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1">'
        '<cell r="A1"><v>2</v></cell></row></sheetData></sheetDataSet></externalBook>'
        "</externalLink>"
    )
    part = "xl/externalLinks/externalLink1.xml"
    number = edit.add(part, external, f"{_SML}.externalLink+xml", BOOK, f"{OFFICE}/externalLink")
    edit.link(part, f"{OFFICE}/externalLinkPath", "rates 2026.xlsx", ' TargetMode="External"')
    edit.before(BOOK, "<calcPr", f'<externalReferences><externalReference r:id="{number}"/></externalReferences>')
    edit.replace(SHEET, "<f>B2*C2</f>", "<f>[1]Rates!A1*C2</f>")
    printer = edit.add(
        "xl/printerSettings/printerSettings1.bin",
        b"\0P\0D\0F" * 40,
        f"{_SML}.printerSettings",
        SHEET,
        f"{OFFICE}/printerSettings",
    )
    edit.before(SHEET, "</worksheet>", f'<pageSetup paperSize="9" orientation="landscape" r:id="{printer}"/>')
    chain = f'<calcChain xmlns="{MAIN}"><c r="D2" i="1"/></calcChain>'
    edit.add("xl/calcChain.xml", chain, f"{_SML}.calcChain+xml", BOOK, f"{OFFICE}/calcChain")
    return edit.save()


def extensions(path: Path) -> Path:
    """Validation and conditional format of the second generation, protected ranges, a scenario, unknown extensions."""
    edit = _started(path)
    validation = (
        '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:dataValidation type="list" '
        "allowBlank=\"1\"><x14:formula1><xm:f>'My Data'!$A$2:$A$4</xm:f></x14:formula1>"
        "<xm:sqref>G2:G9</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations>"
    )
    edit.before(SHEET, "<pageMargins", '<protectedRanges><protectedRange name="Open" sqref="B2:B4"/></protectedRanges>')
    edit.extension(SHEET, "CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF", validation)
    edit.extension(
        BOOK, "99999999-9999-4999-8999-999999999999", f'<u:unknown xmlns:u="urn:unknown" {NAMESPACES} u:kept="1"/>'
    )
    return edit.save()
