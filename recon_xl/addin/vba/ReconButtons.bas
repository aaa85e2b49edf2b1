Attribute VB_Name = "ReconButtons"
Option Explicit
Option Private Module
' Which buttons can be pressed now, by the workbook in front. Reads little, writes nothing. In a private module, because a
' public function of any other could be typed into a cell.

Private Const NEEDS_BOOK As Long = 1
Private Const NEEDS_RESULTS As Long = 2

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

Public Function ReconIsAddinLoaded() As Boolean
    Dim addin As Workbook
    On Error Resume Next
    Set addin = Application.Workbooks("@ADDIN@")
    ReconIsAddinLoaded = Not addin Is Nothing
End Function
