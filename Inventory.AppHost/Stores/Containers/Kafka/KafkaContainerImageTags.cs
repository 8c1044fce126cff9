namespace Inventory.AppHost.Stores.Containers.Kafka;

internal static class KafkaContainerImageTags
{
    public const string Registry = "docker.io";
    public const string Image = "apache/kafka";
    public const string Tag = "4.3.1";
}
