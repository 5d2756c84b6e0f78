using Idp.Sandbox.World;

namespace Idp.Sandbox.Tests.World;

public sealed class ApiServerMetricsTest
{
    [Fact]
    public void CountsWritesAndNothingElse()
    {
        const string Text = """
            # TYPE apiserver_request_total counter
            apiserver_request_total{code="200",dry_run="",group="argoproj.io",resource="applications",subresource="",verb="PATCH",version="v1alpha1"} 3
            apiserver_request_total{code="201",dry_run="",group="argoproj.io",resource="applications",subresource="",verb="POST",version="v1alpha1"} 2
            apiserver_request_total{code="200",dry_run="",group="apps",resource="deployments",subresource="status",verb="APPLY",version="v1"} 1e+00
            apiserver_request_total{code="200",dry_run="All",group="apps",resource="deployments",subresource="",verb="PATCH",version="v1"} 9
            apiserver_request_total{code="200",dry_run="",group="",resource="pods",subresource="",verb="LIST",version="v1"} 9
            apiserver_request_total{code="200",dry_run="",group="coordination.k8s.io",resource="leases",subresource="",verb="PUT",version="v1"} 9
            apiserver_request_total{code="201",dry_run="",group="authorization.k8s.io",resource="subjectaccessreviews",subresource="",verb="POST",version="v1"} 9
            apiserver_request_duration_seconds_count{verb="POST",resource="pods"} 9
            """;

        ApiServerMetrics.ParseWrites(Text).Should().Equal(new Dictionary<string, long>
        {
            ["applications.argoproj.io"] = 5,
            ["deployments.apps/status"] = 1,
        });
    }

    [Fact]
    public void NothingWrittenIsNoDifference()
    {
        var reading = new Dictionary<string, long> { ["secrets"] = 4 };

        ApiServerMetrics.Difference(reading, reading).Should().BeEmpty();
        ApiServerMetrics.Difference(reading, new Dictionary<string, long> { ["secrets"] = 6 })
            .Should().Equal(new Dictionary<string, long> { ["secrets"] = 2 });
    }
}
