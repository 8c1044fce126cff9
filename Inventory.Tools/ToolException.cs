namespace Inventory.Tools;

/// <summary>Ends a command with one sentence for the user.</summary>
internal sealed class ToolException(string message, int exitCode = ExitCode.Unusable) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
