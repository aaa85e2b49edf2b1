Attribute VB_Name = "ReconSettings"
Option Explicit
Option Private Module
' Which program runs. The one source is a small file in the user's own profile, written by recon-xl addin install.
' No workbook and no folder of a workbook can name a program.

#If VBA7 And Not Mac Then
    Private Declare PtrSafe Function GetFileAttributesW Lib "kernel32" (ByVal path As LongPtr) As Long
#ElseIf Not Mac Then
    Private Declare Function GetFileAttributesW Lib "kernel32" (ByVal path As Long) As Long
#End If

Private Const LONGEST_PATH As Long = 1000

Public Function ReconUserFolder() As String
    #If Mac Then
        ' The sandbox gives Excel this folder without asking.
        ReconUserFolder = Environ$("HOME") & "/recon-xl/"
    #Else
        ReconUserFolder = Environ$("LOCALAPPDATA") & "\recon-xl\"
    #End If
End Function

Public Function ReconProgram(ByRef interpreter As String, ByRef library As String) As String
    ' Fills in the two paths and returns an empty text, or says what is wrong with them.
    Dim settings As String
    settings = ReconTextOf(ReconUserFolder() & "addin.txt")
    interpreter = ReconSetting(settings, "interpreter")
    #If Win64 Then
        library = ReconSetting(settings, "library64")
    #Else
        library = ReconSetting(settings, "library32")
    #End If
    If Len(interpreter) = 0 Then
        ReconProgram = "The add-in does not know yet where recon-xl is installed. " & ReconInstall()
    ElseIf ReconSetting(settings, "protocol") <> RECON_PROTOCOL Then
        ReconProgram = ReconMisfit(ReconSetting(settings, "program"))
    ElseIf Not ReconIsUsable(interpreter) Then
        ReconProgram = "The program is not where it was installed: " & interpreter & _
            ". Install recon-xl again, run recon-xl addin install, then start Excel again."
    End If
End Function

Public Function ReconCommand(ByVal action As String) As String
    ' What a person types into a terminal: with the full path where it is known, because it is seldom on the PATH.
    Dim program As String
    program = ReconSetting(ReconTextOf(ReconUserFolder() & "addin.txt"), "interpreter")
    If Len(program) = 0 Then
        ReconCommand = "recon-xl " & action
    ElseIf program Like "*[!A-Za-z0-9_./\:-]*" Then
        ReconCommand = """" & program & """ -m recon_xl " & action
    Else
        ReconCommand = program & " -m recon_xl " & action
    End If
End Function

Private Function ReconInstall() As String
    ReconInstall = "Run " & ReconCommand("addin install") & ", then start Excel again."
End Function

Private Function ReconMisfit(ByVal program As String) As String
    ' A workbook keeps the code that it was made with; the add-in can be installed anew.
    If RECON_IS_ADDIN Then
        ReconMisfit = "The add-in is " & RECON_VERSION & ", the program " & program & "; they do not fit together. " & ReconInstall()
    Else
        ReconMisfit = "The code in this workbook is " & RECON_VERSION & ", the program " & program & "; they do not fit together. " & _
            "Use the add-in with this workbook, or move to a new one: " & ReconCommand("new NAME.xlsm") & "."
    End If
End Function

Public Function ReconIsUsable(ByVal path As String) As Boolean
    ' An absolute path of a file that is there, without a character that a command line reads as something else.
    If Len(path) > LONGEST_PATH Or InStr(path, """") > 0 Or InStr(path, "$(") > 0 Then Exit Function
    If Not (path Like "[A-Za-z]:\*" Or Left$(path, 2) = "\\") Then Exit Function
    #If Not Mac Then
        Dim attributes As Long
        attributes = GetFileAttributesW(StrPtr(path))
        ReconIsUsable = attributes <> -1 And (attributes And vbDirectory) = 0
    #End If
End Function

Public Function ReconSetting(ByVal settings As String, ByVal key As String) As String
    ' The value of a line "key=value"; empty where there is none.
    Dim lines() As String, index As Long
    lines = Split(Replace(settings, vbCr, ""), vbLf)
    For index = LBound(lines) To UBound(lines)
        If Left$(lines(index), Len(key) + 1) = key & "=" Then
            ReconSetting = Mid$(lines(index), Len(key) + 2)
            Exit Function
        End If
    Next index
End Function

Public Function ReconTextOf(ByVal path As String) As String
    ' A UTF-16 file as text, so that a path keeps the letters of every language; empty where there is no file.
    Dim content() As Byte, number As Integer, isOpen As Boolean
    On Error GoTo Finish
    number = FreeFile
    Open path For Binary Access Read As #number
    isOpen = True
    If LOF(number) > 1 Then
        ReDim content(0 To LOF(number) - 1)
        Get #number, , content
        ReconTextOf = content
        If AscW(ReconTextOf) = &HFEFF Then ReconTextOf = Mid$(ReconTextOf, 2)
    End If
Finish:
    If isOpen Then Close #number
End Function
