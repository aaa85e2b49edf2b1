Attribute VB_Name = "ReconRibbon"
Option Explicit
' What the ribbon asks: which buttons can be pressed now. Reads little, writes nothing, and decides nothing about what runs.

Private Const NEEDS_BOOK As Long = 1
Private Const NEEDS_RESULTS As Long = 2
Private ribbon As IRibbonUI
Private watcher As ReconWatcher

Public Sub @CARRIER@RibbonLoaded(loaded As IRibbonUI)
    ' Runs once, when Office has read the ribbon; the watcher refreshes it when another workbook comes to the front.
    On Error Resume Next
    Set ribbon = loaded
    Set watcher = New ReconWatcher
    watcher.Watch Application
    ReconDescribeFunctions
End Sub

Public Sub ReconRefreshRibbon()
    On Error Resume Next
    If Not ribbon Is Nothing Then ribbon.Invalidate
End Sub

Public Sub @CARRIER@IsEnabled(control As IRibbonControl, ByRef answer As Variant)
    answer = ReconCanPress(control.ID)
End Sub

Public Sub @CARRIER@IsTabVisible(control As IRibbonControl, ByRef answer As Variant)
    ' A workbook that brings the ribbon along hides it while the add-in shows the same one.
    Dim addin As Workbook
    On Error Resume Next
    Set addin = Application.Workbooks("@ADDIN@")
    answer = addin Is Nothing
End Sub

Public Function ReconCanPress(ByVal controlId As String) As Boolean
    Select Case ReconNeeds(controlId)
        Case 0: ReconCanPress = True
        Case NEEDS_BOOK: ReconCanPress = ReconIsOurBook()
        Case NEEDS_RESULTS: ReconCanPress = ReconHasResults()
    End Select
End Function

Private Function ReconIsOurBook() As Boolean
    Dim found As String
    On Error GoTo Foreign
    found = ActiveWorkbook.Names("@BOOK_NAME@").Name
    found = ActiveWorkbook.Worksheets("@BOOK_SHEET@").Name
    ReconIsOurBook = Len(found) > 0
Foreign:
End Function

Private Function ReconHasResults() As Boolean
    Dim log As Object
    On Error GoTo Foreign
    If Not ReconIsOurBook() Then Exit Function
    Set log = ActiveWorkbook.Worksheets("@LOG_SHEET@").Range("@LOG_TABLE@").Cells(1, 1)
    ReconHasResults = Len(CStr(log.Value)) > 0
Foreign:
End Function
