-- Runs one recon-xl command for Excel. Excel's sandbox hands over a control id and the number of the protocol, nothing else;
-- which program runs stands in a file of the user's own, written by recon-xl addin install.

property allowedCharacters : "abcdefghijklmnopqrstuvwxyz_"
property versionCharacters : "0123456789.abcdevrc+"
property advice : "Run recon-xl addin install, then start Excel again."

on ReconClick(request)
	set AppleScript's text item delimiters to " "
	set parts to text items of request
	set AppleScript's text item delimiters to ""
	if (count of parts) is not 2 then return "The add-in asked for something that is no command."
	set {controlId, addinVersion} to parts
	if controlId does not start with "recon_" or not isMadeOf(controlId, allowedCharacters) then return "The add-in has no such button."
	if not isMadeOf(addinVersion, versionCharacters) then return "The add-in does not say which protocol it speaks."
	set home to POSIX path of (path to home folder)
	set interpreter to settingOf(home & "Library/Application Support/recon-xl/addin.txt")
	if interpreter does not start with "/" then return "The add-in does not know yet where recon-xl is installed. " & advice
	set command to quoted form of interpreter & " -I -B -m recon_xl.addin.click " & quoted form of controlId & " 0 " & quoted form of addinVersion
	try
		do shell script "test -x " & quoted form of interpreter
	on error
		return "The program is not where it was installed: " & interpreter & ". " & advice
	end try
	-- In the background: Excel waits for this script, and the program needs Excel to answer.
	do shell script "cd / && " & command & " > /dev/null 2>&1 &"
	return ""
end ReconClick

on settingOf(settingsPath)
	try
		set settingLines to paragraphs of (do shell script "/bin/cat " & quoted form of settingsPath)
	on error
		return ""
	end try
	repeat with settingLine in settingLines
		if settingLine starts with "interpreter=" then return text 13 thru -1 of settingLine
	end repeat
	return ""
end settingOf

on isMadeOf(textToCheck, allowed)
	if textToCheck is "" then return false
	considering case
		repeat with letter in characters of textToCheck
			if allowed does not contain letter then return false
		end repeat
	end considering
	return true
end isMadeOf
