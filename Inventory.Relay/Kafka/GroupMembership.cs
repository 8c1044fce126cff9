namespace Inventory.Relay.Kafka;

/// <summary>
/// Whether the consumer was given its share of the topic, which may be none. On a broker that has never had a group that
/// takes seconds, during which a consumer looks alive and reads nothing.
/// </summary>
internal sealed class GroupMembership
{
    private volatile bool _hasJoined;

    public bool HasJoined => _hasJoined;

    public void Joined() => _hasJoined = true;
}
