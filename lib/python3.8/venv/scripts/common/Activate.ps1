# SPDX-License-Identifier: MIT
<#
.SYNOPSIS
Activates this environment in PowerShell; "deactivate" goes back.
.PARAMETER VenvDir
The environment's folder, by default the one above this script's.
.PARAMETER Prompt
Text before the prompt, by default the one in pyvenv.cfg or the folder's name.
#>
param([String] $VenvDir, [String] $Prompt)

function global:deactivate([switch] $NonDestructive) {
    if (Test-Path -Path function:_OLD_VIRTUAL_PROMPT) {
        Copy-Item -Path function:_OLD_VIRTUAL_PROMPT -Destination function:prompt
        Remove-Item -Path function:_OLD_VIRTUAL_PROMPT
    }
    foreach ($name in 'PYTHONHOME', 'PATH') {
        if (Test-Path -Path "env:_OLD_VIRTUAL_$name") {
            Copy-Item -Path "env:_OLD_VIRTUAL_$name" -Destination "env:$name"
            Remove-Item -Path "env:_OLD_VIRTUAL_$name"
        }
    }
    if (Test-Path -Path env:VIRTUAL_ENV) { Remove-Item -Path env:VIRTUAL_ENV }
    if (-not $NonDestructive) { Remove-Item -Path function:deactivate }
}

$ScriptFolder = Split-Path -Parent $MyInvocation.MyCommand.Definition
if (-not $VenvDir) { $VenvDir = Split-Path -Parent $ScriptFolder }
if (-not $Prompt) {
    $Prompt = Split-Path -Leaf $VenvDir
    $Settings = Join-Path $VenvDir 'pyvenv.cfg'
    if (Test-Path -Path $Settings) {
        foreach ($line in Get-Content -Path $Settings) {
            if ($line -match '^\s*prompt\s*=\s*(.*?)\s*$') { $Prompt = $Matches[1].Trim("'", '"') }
        }
    }
}

deactivate -NonDestructive
$env:VIRTUAL_ENV = $VenvDir
if (-not $env:VIRTUAL_ENV_DISABLE_PROMPT) {
    $global:_VIRTUAL_PROMPT = $Prompt
    function global:_OLD_VIRTUAL_PROMPT { '' }
    Copy-Item -Path function:prompt -Destination function:_OLD_VIRTUAL_PROMPT
    function global:prompt {
        Write-Host -NoNewline -ForegroundColor Green "($global:_VIRTUAL_PROMPT) "
        _OLD_VIRTUAL_PROMPT
    }
}
if (Test-Path -Path env:PYTHONHOME) {
    Copy-Item -Path env:PYTHONHOME -Destination env:_OLD_VIRTUAL_PYTHONHOME
    Remove-Item -Path env:PYTHONHOME
}
Copy-Item -Path env:PATH -Destination env:_OLD_VIRTUAL_PATH
$env:PATH = $ScriptFolder + [System.IO.Path]::PathSeparator + $env:PATH
