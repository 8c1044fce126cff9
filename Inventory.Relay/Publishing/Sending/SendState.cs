namespace Inventory.Relay.Publishing.Sending;

internal enum SendState
{
    OnItsWay,
    Delivered,
    Failed,
}
