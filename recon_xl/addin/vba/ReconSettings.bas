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
Private Const INSTALL As String = "Run recon-xl addin install, then start Excel again."

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
        ReconProgram = "The add-in does not know yet where recon-xl is installed. " & INSTALL
    ElseIf ReconSetting(settings, "program") <> RECON_VERSION Then
        ReconProgram = "The add-in is " & RECON_VERSION & ", the program " & ReconSetting(settings, "program") & ". " & INSTALL
    ElseIf Not ReconIsUsable(interpreter) Then
        ReconProgram = "The program is not where it was installed: " & interpreter & ". " & INSTALL
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
