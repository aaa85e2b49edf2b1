Attribute VB_Name = "ReconGrid"
Option Explicit
Option Private Module
' Worksheet functions: arguments to plain values, one call, and errors back as errors. A function never answers with a text
' that says what failed, because a sum would skip it.

Private Const NULL_ERROR As Long = 2000
Private Const DIVISION_ERROR As Long = 2007
Private Const VALUE_ERROR As Long = 2015
Private Const REFERENCE_ERROR As Long = 2023
Private Const NAME_ERROR As Long = 2029
Private Const NUMBER_ERROR As Long = 2036
Private Const NOT_AVAILABLE As Long = 2042

Public Function ReconCalculate(ByVal functionName As String, ByVal arguments As Variant) As Variant
    ' #NAME? without the resident program, #NUM! in a workbook that counts its days from 1904, #VALUE! for any fault.
    Dim server As Object, plain As Variant
    On Error GoTo Failed
    ReconCalculate = CVErr(NAME_ERROR)
    If Not ReconIsReady(server) Then Exit Function
    ReconCalculate = CVErr(NUMBER_ERROR)
    If ReconCountsFrom1904() Then Exit Function
    plain = ReconToPython(arguments)
    On Error GoTo Lost
    ReconCalculate = ReconFromPython(server.Var(server.Call(server.Module("recon_xl.addin.server"), "calculate", _
        server.TupleFromArray(Array(functionName, plain, RECON_PROTOCOL)))))
    Exit Function
Lost:
    ' Python answers a fault of its own with an error value: the program has ended since it was checked.
    ReconForgetServer
    ReconCalculate = CVErr(NAME_ERROR)
    Exit Function
Failed:
    ReconCalculate = CVErr(VALUE_ERROR)
End Function

Private Function ReconCountsFrom1904() As Boolean
    ' Dates arrive as numbers of days, which would be four years off. Not every caller is a cell.
    On Error GoTo NoCell
    ReconCountsFrom1904 = Application.Caller.Worksheet.Parent.Date1904
NoCell:
End Function

Public Function ReconToPython(ByVal arguments As Variant) As Variant
    ' Every argument as a value or a two-dimensional array of values; dates are serial numbers, errors are marked texts.
    Dim index As Long
    For index = LBound(arguments) To UBound(arguments)
        If IsObject(arguments(index)) Then
            arguments(index) = ReconMarked(ReconCells(arguments(index)))
        Else
            arguments(index) = ReconMarked(arguments(index))
        End If
    Next index
    ReconToPython = arguments
End Function

Public Function ReconFromPython(ByVal answer As Variant) As Variant
    ' Marked texts become errors, in a single value and in every cell of an array.
    Dim row As Long, column As Long
    If Not IsArray(answer) Then
        ReconFromPython = ReconUnmarkedValue(answer)
        Exit Function
    End If
    For row = LBound(answer, 1) To UBound(answer, 1)
        For column = LBound(answer, 2) To UBound(answer, 2)
            answer(row, column) = ReconUnmarkedValue(answer(row, column))
        Next column
    Next row
    ReconFromPython = answer
End Function

Private Function ReconCells(ByVal area As Object) As Variant
    ' Of whole columns or rows only the used part, cut at the end so that columns side by side stay side by side.
    Dim rows As Long, columns As Long, used As Object
    If area.Areas.Count > 1 Then Err.Raise 5
    rows = area.Rows.Count
    columns = area.Columns.Count
    Set used = area.Worksheet.UsedRange
    If rows = area.Worksheet.Rows.Count Then rows = ReconLarger(1, used.Row + used.Rows.Count - area.Row)
    If columns = area.Worksheet.Columns.Count Then columns = ReconLarger(1, used.Column + used.Columns.Count - area.Column)
    ReconCells = area.Resize(rows, columns).Value2
End Function

Private Function ReconLarger(ByVal first As Long, ByVal second As Long) As Long
    ReconLarger = IIf(first > second, first, second)
End Function

Private Function ReconMarked(ByVal value As Variant) As Variant
    Dim row As Long, column As Long
    If Not IsArray(value) Then
        ReconMarked = ReconMarkedValue(value)
        Exit Function
    End If
    If ReconIsOneRow(value) Then value = ReconTwoDimensions(value)
    For row = LBound(value, 1) To UBound(value, 1)
        For column = LBound(value, 2) To UBound(value, 2)
            If IsError(value(row, column)) Then value(row, column) = ReconMarkedValue(value(row, column))
        Next column
    Next row
    ReconMarked = value
End Function

Private Function ReconIsOneRow(ByVal value As Variant) As Boolean
    ' A row that a formula wrote or calculated, such as {1,2,3}, comes with one dimension.
    Dim last As Long
    On Error GoTo OneDimension
    last = UBound(value, 2)
    Exit Function
OneDimension:
    ReconIsOneRow = True
End Function

Private Function ReconTwoDimensions(ByVal row As Variant) As Variant
    Dim cells() As Variant, column As Long
    ReDim cells(1 To 1, LBound(row) To UBound(row))
    For column = LBound(row) To UBound(row)
        cells(1, column) = row(column)
    Next column
    ReconTwoDimensions = cells
End Function

Private Function ReconMarkedValue(ByVal value As Variant) As Variant
    If IsError(value) Then
        ReconMarkedValue = ReconMark() & ReconErrorWord(CLng(value))
    Else
        ReconMarkedValue = value
    End If
End Function

Private Function ReconErrorWord(ByVal number As Long) As String
    Select Case number
        Case NOT_AVAILABLE: ReconErrorWord = "#N/A"
        Case DIVISION_ERROR: ReconErrorWord = "#DIV/0!"
        Case REFERENCE_ERROR: ReconErrorWord = "#REF!"
        Case NAME_ERROR: ReconErrorWord = "#NAME?"
        Case NUMBER_ERROR: ReconErrorWord = "#NUM!"
        Case NULL_ERROR: ReconErrorWord = "#NULL!"
        Case Else: ReconErrorWord = "#VALUE!"
    End Select
End Function

Private Function ReconUnmarkedValue(ByVal value As Variant) As Variant
    If IsNull(value) Then
        ReconUnmarkedValue = vbNullString
    ElseIf VarType(value) <> vbString Then
        ReconUnmarkedValue = value
    ElseIf Left$(value, 1) <> ReconMark() Then
        ReconUnmarkedValue = value
    Else
        ReconUnmarkedValue = CVErr(ReconErrorNumber(Mid$(value, 2)))
    End If
End Function

Private Function ReconErrorNumber(ByVal word As String) As Long
    Select Case word
        Case "#N/A": ReconErrorNumber = NOT_AVAILABLE
        Case "#DIV/0!": ReconErrorNumber = DIVISION_ERROR
        Case "#REF!": ReconErrorNumber = REFERENCE_ERROR
        Case "#NAME?": ReconErrorNumber = NAME_ERROR
        Case "#NUM!": ReconErrorNumber = NUMBER_ERROR
        Case "#NULL!": ReconErrorNumber = NULL_ERROR
        Case Else: ReconErrorNumber = VALUE_ERROR
    End Select
End Function

Private Function ReconMark() As String
    ' A character of the private-use area: no cell and no vendor file holds it.
    ReconMark = ChrW$(57344)
End Function
