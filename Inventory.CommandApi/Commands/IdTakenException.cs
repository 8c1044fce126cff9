namespace Inventory.CommandApi.Commands;

/// <summary>
/// An id of the group was claimed between the look and the insert: by another transaction, or by a command before it, so
/// that what was made ready for it is not to be written.
/// </summary>
internal sealed class IdTakenException(Exception? cause = null) : Exception("An id was claimed meanwhile.", cause);
