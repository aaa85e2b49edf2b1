Attribute VB_Name = "ReconServer"
Option Explicit
Option Private Module
' The ways into Python. Windows: a resident process behind xlwings' COM server, else one process a click.
' macOS: one process a click, through AppleScript.

#If Mac Then
#ElseIf Win64 Then
    Private Declare PtrSafe Function LoadLibraryW Lib "kernel32" (ByVal path As LongPtr) As LongPtr
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64-@XLWINGS@.dll" (ByRef server As Variant, ByVal command As String, ByVal mode As Long) As Long
#ElseIf VBA7 Then
    Private Declare PtrSafe Function LoadLibraryW Lib "kernel32" (ByVal path As LongPtr) As LongPtr
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings32-@XLWINGS@.dll" (ByRef server As Variant, ByVal command As String, ByVal mode As Long) As Long
#Else
    Private Declare Function LoadLibraryW Lib "kernel32" (ByVal path As Long) As Long
    Private Declare Function XLPyDLLActivateAuto Lib "xlwings32-@XLWINGS@.dll" (ByRef server As Variant, ByVal command As String, ByVal mode As Long) As Long
#End If

Private Const START_AND_KEEP As Long = 1
Private Const SECONDS_BEFORE_NEXT_TRY As Long = 30
Private Const SECONDS_TO_REMEMBER As Long = 5
Private nextTry As Date
Private checkedServer As Object
Private checkedUntil As Date

Public Function ReconStart(ByVal controlId As String) As String
    ' Runs the command of a whitelisted control; returns what Python could not tell the user itself.
    #If Not Mac Then
        ReconStart = ReconStartOnWindows(controlId)
        Exit Function
    #Else
        ReconStart = ReconStartOnMac(controlId)
    #End If
End Function

Private Function ReconStartOnWindows(ByVal controlId As String) As String
    #If Not Mac Then
        Dim interpreter As String, library As String, server As Object
        ReconStartOnWindows = ReconProgram(interpreter, library)
        If Len(ReconStartOnWindows) > 0 Then Exit Function
        If ReconIsServerUp(server, interpreter, library) Then
            ReconStartOnWindows = server.Var(server.Call(server.Module("recon_xl.addin.server"), "click", _
                server.TupleFromArray(Array(controlId, CLng(Application.Hwnd), RECON_PROTOCOL))))
        Else
            ReconStartOnWindows = ReconColdStart(interpreter, controlId)
        End If
    #End If
End Function

Private Function ReconStartOnMac(ByVal controlId As String) As String
    #If Mac Then
        ReconStartOnMac = ReconTextOf(ReconUserFolder() & "message.txt")
        If Len(ReconStartOnMac) > 0 Then
            Kill ReconUserFolder() & "message.txt"
            ReconStartOnMac = ReconStartOnMac & vbNewLine & _
                "This was left from the click before. Press the button again to run it now."
            Exit Function
        End If
        ReconStartOnMac = AppleScriptTask("recon-xl.applescript", "ReconClick", controlId & " " & RECON_PROTOCOL)
    #End If
End Function

Public Function ReconIsReady(ByRef server As Object) As Boolean
    ' For worksheet functions, which are many: a program that was checked is not checked again for some seconds, and after
    ' a failure the next attempt waits, so that a grid does not stand still.
    #If Not Mac Then
        Dim interpreter As String, library As String
        If Now < nextTry Then Exit Function
        If Not checkedServer Is Nothing And Now < checkedUntil Then
            Set server = checkedServer
            ReconIsReady = True
            Exit Function
        End If
        ReconForgetServer
        If Len(ReconProgram(interpreter, library)) = 0 Then ReconIsReady = ReconIsServerUp(server, interpreter, library)
        If ReconIsReady Then
            Set checkedServer = server
            checkedUntil = DateAdd("s", SECONDS_TO_REMEMBER, Now)
        Else
            nextTry = DateAdd("s", SECONDS_BEFORE_NEXT_TRY, Now)
        End If
    #End If
End Function

Public Sub ReconForgetServer()
    ' The next call looks at settings, files and process anew.
    Set checkedServer = Nothing
End Sub

Private Function ReconIsServerUp(ByRef server As Object, ByVal interpreter As String, ByVal library As String) As Boolean
    #If Not Mac Then
        Dim found As Variant
        On Error GoTo Failed
        If Not ReconIsUsable(library) Then Exit Function
        ' The library of another xlwings has another name than the one that is called below.
        If Not LCase$(library) Like "*\xlwings??-@XLWINGS@.dll" Then Exit Function
        ' Only once it is loaded from the installed place may its name be called: Windows would look for it in the
        ' current folder otherwise, and that can be a workbook's.
        If LoadLibraryW(StrPtr(library)) = 0 Then Exit Function
        If XLPyDLLActivateAuto(found, ReconServerCommand(interpreter), START_AND_KEEP) <> 0 Then
            ReconKeepFailure found
            Exit Function
        End If
        Set server = found
        ReconIsServerUp = True
Failed:
        If Err.Number <> 0 Then ReconKeepFailure Err.Description
    #End If
End Function

Private Sub ReconKeepFailure(ByVal reason As Variant)
    ' Why the resident program did not start, for recon-xl addin doctor: a function of the grid cannot say it.
    Dim content() As Byte, number As Integer
    On Error Resume Next
    Kill ReconUserFolder() & "server.txt"
    content = Left$(CStr(reason), 2000)
    number = FreeFile
    Open ReconUserFolder() & "server.txt" For Binary Access Write As #number
    Put #number, , content
    Close #number
End Sub

Private Function ReconServerCommand(ByVal interpreter As String) As String
    ReconServerCommand = """" & interpreter & """ -I -B -m recon_xl.addin.server $(CLSID)"
End Function

Private Function ReconColdStart(ByVal interpreter As String, ByVal controlId As String) As String
    #If Not Mac Then
        Dim command As String, code As Long
        On Error Resume Next
        Kill ReconUserFolder() & "message.txt"
        On Error GoTo 0
        command = """" & interpreter & """ -I -B -m recon_xl.addin.click " & controlId & " " & CLng(Application.Hwnd) & " " & RECON_PROTOCOL
        code = CreateObject("WScript.Shell").Run(command, 0, True)
        If code = 0 Then Exit Function
        ReconColdStart = ReconTextOf(ReconUserFolder() & "message.txt")
        On Error Resume Next
        Kill ReconUserFolder() & "message.txt"
        On Error GoTo 0
        If Len(ReconColdStart) = 0 Then
            ReconColdStart = "The program could not be started (code " & code & "). Run " & _
                ReconCommand("addin doctor") & " in a terminal; it says what to do."
        End If
    #End If
End Function
