namespace Inventory.Servers;

/// <summary>Something that must be installed is not. The message is one sentence that says what.</summary>
public sealed class MissingPrerequisiteException(string what, string command)
    : Exception($"{what} is missing: install it with '{command}'.");
