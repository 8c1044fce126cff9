namespace Inventory.Contracts.Composition;

/// <summary>What whoever starts a service asks it.</summary>
public static class HealthPaths
{
    /// <summary>Whether to send requests here.</summary>
    public const string Ready = "/health";

    /// <summary>Whether the process still answers; asks no other server.</summary>
    public const string Live = "/alive";
}
