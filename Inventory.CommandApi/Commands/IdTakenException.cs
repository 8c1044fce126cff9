namespace Inventory.CommandApi.Commands;

/// <summary>An id of the group was claimed by another transaction between the look and the insert.</summary>
internal sealed class IdTakenException(Exception? cause = null)
    : Exception("An id was claimed by another transaction.", cause);
