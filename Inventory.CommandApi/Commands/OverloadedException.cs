namespace Inventory.CommandApi.Commands;

/// <summary>A command was refused before anything was done about it; it may be sent again.</summary>
internal sealed class OverloadedException() : Exception("Too many commands wait already.");
