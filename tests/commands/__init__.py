"""Every command of the ribbon, pressed as the live workbook would: on the tables that it declares and no others."""
