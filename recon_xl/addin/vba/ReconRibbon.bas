Attribute VB_Name = "ReconRibbon"
Option Explicit
' What the ribbon asks: which buttons can be pressed now. Writes nothing, and decides nothing about what runs.

Private ribbon As IRibbonUI
Private watcher As ReconWatcher
Private isDescribed As Boolean

Public Sub @CARRIER@RibbonLoaded(loaded As IRibbonUI)
    ' Runs once, when Office has read the ribbon; the watcher refreshes it when another workbook comes to the front.
    On Error Resume Next
    Set ribbon = loaded
    Set watcher = New ReconWatcher
    watcher.Watch Application
    ReconDescribeOnce
End Sub

Public Sub ReconDescribeOnce()
    ' Excel refuses the help of the arguments while no workbook is open, so this is tried again with every workbook that
    ' comes to the front until it has worked. A workbook leaves it to the add-in while that is loaded.
    On Error Resume Next
    If isDescribed Then Exit Sub
    If Not RECON_IS_ADDIN And ReconIsAddinLoaded() Then Exit Sub
    isDescribed = ReconDescribeFunctions()
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
    answer = Not ReconIsAddinLoaded()
End Sub
