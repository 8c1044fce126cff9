namespace Inventory.Relay.Publishing.Cdc;

/// <summary>Whether the slot can be streamed from.</summary>
internal enum SlotCondition
{
    /// <summary>Everything that is not published yet comes through it.</summary>
    Usable,

    /// <summary>There is none: the first start, or the server is a promoted standby.</summary>
    Missing,

    /// <summary>It kept more log than the server allows, and was given up.</summary>
    Lost,

    /// <summary>It is there, but what the table held when it was made may not have been published.</summary>
    Unfinished,
}
