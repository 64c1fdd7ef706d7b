//! Which role may do what.

use Permission::{
    AuditExport, AuditView, CatalogEdit, CatalogView, CustomersEdit, CustomersView, DashboardView, OrdersEdit,
    OrdersRefund, OrdersView, ReviewsModerate, StockEdit, StockView, SystemOperate, SystemView,
};
use Role::{Analyst, Catalog, Manager, Moderator, Support, Warehouse};

use super::Role;
use crate::word_enum;

word_enum! {
    /// Something that is not for everybody behind the staff door.
    pub Permission {
        DashboardView = "dashboard.view",
        OrdersView = "orders.view",
        OrdersEdit = "orders.edit",
        OrdersRefund = "orders.refund",
        CustomersView = "customers.view",
        CustomersEdit = "customers.edit",
        CatalogView = "catalog.view",
        CatalogEdit = "catalog.edit",
        StockView = "stock.view",
        StockEdit = "stock.edit",
        ReviewsModerate = "reviews.moderate",
        AuditView = "audit.view",
        AuditExport = "audit.export",
        SystemView = "system.view",
        SystemOperate = "system.operate",
    }
}

/// The roles that hold each permission. An owner holds them all.
const HOLDERS: [(Permission, &[Role]); 15] = [
    (DashboardView, &[Manager, Catalog, Support, Warehouse, Analyst, Moderator]),
    (OrdersView, &[Manager, Support, Warehouse, Analyst]),
    (OrdersEdit, &[Manager, Support, Warehouse]),
    (OrdersRefund, &[Manager]),
    (CustomersView, &[Manager, Support, Analyst]),
    (CustomersEdit, &[Manager, Support]),
    (CatalogView, &[Manager, Catalog, Support, Warehouse, Analyst]),
    (CatalogEdit, &[Manager, Catalog]),
    (StockView, &[Manager, Catalog, Support, Warehouse, Analyst]),
    (StockEdit, &[Manager, Warehouse]),
    (ReviewsModerate, &[Manager, Moderator]),
    (AuditView, &[Manager]),
    // The whole log, with the addresses of people, leaves the shop.
    (AuditExport, &[]),
    (SystemView, &[Manager]),
    (SystemOperate, &[Manager]),
];

/// Whether somebody with these roles holds a permission.
pub fn allows(roles: &[Role], permission: Permission) -> bool {
    let holds =
        |role: &Role| *role == Role::Owner || HOLDERS.iter().any(|(held, by)| *held == permission && by.contains(role));
    roles.iter().any(holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_has_its_row_and_owners_hold_all() {
        for permission in Permission::ALL {
            assert_eq!(HOLDERS.iter().filter(|(held, _)| held == permission).count(), 1, "{permission:?}");
            assert!(allows(&[Role::Owner], *permission) && !allows(&[], *permission));
        }
    }

    #[test]
    fn moderators_moderate_and_no_more() {
        let held: Vec<_> = Permission::ALL.iter().filter(|it| allows(&[Moderator], **it)).collect();
        assert_eq!(held, [&DashboardView, &ReviewsModerate]);
        assert!(allows(&[Moderator, Warehouse], StockEdit), "roles add up");
        for viewer in [Analyst, Support] {
            assert!(allows(&[viewer], StockView) && !allows(&[viewer], StockEdit));
        }
    }
}
