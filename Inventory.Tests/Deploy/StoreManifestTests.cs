using System.Globalization;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using YamlDotNet.RepresentationModel;

namespace Inventory.Tests.Deploy;

/// <summary>The operators' clusters are those that the services look for, and lose nothing.</summary>
public sealed class StoreManifestTests
{
    [Fact]
    public void Postgres_is_found_by_its_name_and_holds_every_order_twice()
    {
        var cluster = DeployFiles.Read("cloudnativepg/cluster.yaml", "Cluster");

        Assert.Equal(ExternalStores.PostgresCluster, cluster.Text("metadata", "name"));
        Assert.Equal(ExternalStores.PostgresService, $"{cluster.Text("metadata", "name")}-rw");
        Assert.Equal(StoreNames.Database, cluster.Text("spec", "bootstrap", "initdb", "database"));
        Assert.Equal("3", cluster.Text("spec", "instances"));
        Assert.Equal("logical", cluster.Text("spec", "postgresql", "parameters", "wal_level"));
        Assert.Equal("required", cluster.Text("spec", "postgresql", "synchronous", "dataDurability"));
    }

    [Fact]
    public void Kafka_is_found_by_its_name_and_elects_no_leader_that_lost_something()
    {
        var kafka = DeployFiles.Read("strimzi/kafka.yaml", "Kafka");
        var nodes = DeployFiles.Read("strimzi/kafka.yaml", "KafkaNodePool");

        Assert.Equal(ExternalStores.KafkaCluster, kafka.Text("metadata", "name"));
        Assert.Equal(ExternalStores.KafkaService, $"{kafka.Text("metadata", "name")}-kafka-bootstrap");
        Assert.Equal(ExternalStores.KafkaCluster, nodes.Text("metadata", "labels", ExternalStores.KafkaLabel));
        Assert.Equal("3", nodes.Text("spec", "replicas"));
        var listener = Assert.Single((YamlSequenceNode)kafka.At("spec", "kafka", "listeners")!);
        Assert.Equal(StorePorts.Kafka.ToString(CultureInfo.InvariantCulture), listener.Text("port"));
        var configuration = kafka.At("spec", "kafka", "config")!;
        Assert.Equal("3", configuration.Text("default.replication.factor"));
        Assert.Equal("2", configuration.Text("min.insync.replicas"));
        Assert.Equal("false", configuration.Text("unclean.leader.election.enable"));
    }

    [Theory]
    [InlineData(ResourceNames.StockChangesTopic, "12", "compact")]
    [InlineData(ResourceNames.DeadLetterTopic, "1", "compact")]
    public void A_topic_is_as_the_migrations_would_make_it(string name, string partitions, string cleanupPolicy)
    {
        var topic = Assert.Single(DeployFiles.Read("strimzi/topics.yaml"), topic => topic.Text("metadata", "name") == name);

        Assert.Equal(ExternalStores.KafkaCluster, topic.Text("metadata", "labels", ExternalStores.KafkaLabel));
        Assert.Equal(partitions, topic.Text("spec", "partitions"));
        Assert.Equal("3", topic.Text("spec", "replicas"));
        Assert.Equal(cleanupPolicy, topic.Text("spec", "config", "cleanup.policy"));
        Assert.Equal("2", topic.Text("spec", "config", "min.insync.replicas"));
    }

    [Fact]
    public void Cassandra_is_found_by_its_name_and_has_a_rack_for_every_copy()
    {
        var cluster = DeployFiles.Read("k8ssandra/cluster.yaml", "K8ssandraCluster");

        var datacenter = Assert.Single((YamlSequenceNode)cluster.At("spec", "cassandra", "datacenters")!);
        Assert.Equal(ExternalStores.CassandraCluster, cluster.Text("metadata", "name"));
        Assert.Equal(StoreNames.Datacenter, datacenter.Text("metadata", "name"));
        Assert.Equal(
            ExternalStores.CassandraService,
            $"{cluster.Text("metadata", "name")}-{datacenter.Text("metadata", "name")}-service");
        Assert.Equal("3", datacenter.Text("size"));
        Assert.Equal(3, ((YamlSequenceNode)datacenter.At("racks")!).Children.Count);
    }
}
