using Idp.GitHub;
using Idp.Operator.Reporting;

namespace Idp.Operator.Repositories;

/// <summary>What the cluster says about repositories, for one BackendApp and at this moment.</summary>
public interface IRepositoryRights
{
    /// <summary>Why the BackendApp must not touch the repository, whatever is proven; null where nothing speaks against it.</summary>
    Problem? ObjectionTo(Repository repository);

    /// <summary>Whether there is a BackendApp of that namespace and name.</summary>
    bool Exists(string name);
}
