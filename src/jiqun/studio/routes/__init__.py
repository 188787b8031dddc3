"""What can be asked 接口: one file a subject."""

from fastapi import APIRouter

from jiqun.studio.routes import (
    changes,
    comparisons,
    desk,
    evidence,
    jobs,
    map_data,
    network,
    organisation,
    partners,
    records,
    session,
    texts,
    uploads,
)

ROUTERS: tuple[APIRouter, ...] = (
    session.ROUTER,
    organisation.ROUTER,
    texts.ROUTER,
    records.ROUTER,
    uploads.ROUTER,
    map_data.ROUTER,
    network.ROUTER,
    evidence.ROUTER,
    partners.ROUTER,
    changes.ROUTER,
    jobs.ROUTER,
    desk.ROUTER,
    comparisons.ROUTER,
)
