namespace Inventory.Tools;

/// <summary>What the process tells the shell.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The work was done, or begun, and found differences or failures.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the environment does not allow the work.</summary>
    public const int Unusable = 2;
}
