namespace Inventory.Relay;

/// <summary>What this instance does.</summary>
internal sealed class RelayOptions
{
    public const string SectionName = "Relay";

    /// <summary><c>Publisher</c>, <c>Projector</c>, <c>Reconciler</c> or several of them, separated by commas.</summary>
    public RelayRoles Roles { get; set; } = RelayRoles.Publisher | RelayRoles.Projector | RelayRoles.Reconciler;

    /// <summary>How the publisher learns what was committed.</summary>
    public OutboxSourceKind Source { get; set; } = OutboxSourceKind.Cdc;

    /// <summary>After how long a polling publisher looks without having been notified.</summary>
    public TimeSpan PollingInterval { get; set; } = TimeSpan.FromSeconds(1);
}
