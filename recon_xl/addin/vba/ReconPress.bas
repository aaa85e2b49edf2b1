Attribute VB_Name = "ReconPress"
Option Explicit
Option Private Module
' One press of a ribbon button. What goes to Python is the control's id, which must be on the generated whitelist,
' and numbers and constants that VBA itself knows: nothing that a person or a workbook wrote.

Public Const RECON_TITLE As String = "recon-xl"

Public Sub ReconPressControl(ByVal controlId As String)
    Dim answer As String
    answer = ReconAnswerTo(controlId)
    If Len(answer) > 0 Then MsgBox answer, vbInformation, RECON_TITLE
    ReconRefreshRibbon
End Sub

Public Function ReconAnswerTo(ByVal controlId As String) As String
    ' What the user must still be told; empty where Python has said it all.
    On Error GoTo Failed
    If ReconNeeds(controlId) < 0 Then
        ReconAnswerTo = "The add-in has no such button. Nothing was done."
        Exit Function
    End If
    ReconAnswerTo = ReconStart(controlId)
    Exit Function
Failed:
    ReconAnswerTo = "recon-xl could not finish: " & Err.Description & vbNewLine & _
        "Run " & ReconCommand("addin doctor") & " in a terminal; it says what to do."
End Function
